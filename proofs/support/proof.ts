import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from 'vitest';

async function ownFolder(onCleanup: (remove: () => Promise<void>) => void): Promise<string> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'proof-'));
  onCleanup(async () => await rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A test with an empty folder of its own, and one that all tests of a file share; both are gone when they end, however they end. */
export const test = base
  .extend('folder', async ({}, { onCleanup }) => await ownFolder(onCleanup))
  .extend('shared', { scope: 'file' }, async ({}, { onCleanup }) => await ownFolder(onCleanup));
