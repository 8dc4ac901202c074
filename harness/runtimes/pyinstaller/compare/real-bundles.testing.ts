import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FrozenBundle } from '../../bundle.ts';
import { referenceExecutable } from '../bundles.testing.ts';
import { readBundle } from '../../subject.ts';

/** A real executable, read. */
export async function readFrozen(file: string): Promise<FrozenBundle> {
  const bundle = await readBundle(file);
  if (bundle.kind === 'opaque') throw new Error(`${file} is not read as a bundle`);
  return bundle;
}

/** The reference executable, read. */
export async function readReference(): Promise<FrozenBundle> {
  return await readFrozen(referenceExecutable());
}

/** A variant of the reference with one defect, read. Throws, with what to do, when it was not built. */
export async function readSabotaged(name: string): Promise<FrozenBundle> {
  const file = fileURLToPath(new URL(`../../../../fixtures/sabotaged/dist/${name}`, import.meta.url));
  if (!existsSync(file)) throw new Error(`fixtures/sabotaged/dist/${name} is missing; build it with: fixtures/sabotaged/build.sh`);
  return await readFrozen(file);
}

/** Runs `use` with a folder that is gone afterwards. */
export async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'frostgate-compare-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
