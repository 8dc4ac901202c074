import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from 'vitest';
import { commandsEnded } from './command.ts';

/** Where a test was given up vitest does not wait for what it does, and a command may still clean up in the folder. */
async function ownFolder(onCleanup: (remove: () => Promise<void>) => void, isGivenUp: () => boolean): Promise<string> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'proof-'));
  onCleanup(async () => {
    if (isGivenUp()) await commandsEnded();
    await rm(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A test with an empty folder of its own, and one that all tests of a file share; both are gone when they end, however they end. */
export const test = base
  .extend('folder', async ({ signal }, { onCleanup }) => await ownFolder(onCleanup, () => signal.aborted))
  .extend('shared', { scope: 'file' }, async ({}, { onCleanup }) => await ownFolder(onCleanup, () => true));
