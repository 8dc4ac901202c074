import { realpath } from 'node:fs/promises';
import type { Bundle } from '../runtimes/bundle.ts';
import { nativeFilesBeside } from '../runtimes/native/files-beside.ts';
import { contentsOf, frozenOf } from './frozen.ts';
import type { Scope } from './scope.ts';

/**
 * What the subject holds, and where nothing inside can be listed, the native files that lie in its folder: they ship with it.
 * @throws {NotApplicable} for a Python program in a zip file. @throws {CouldNotJudge} where it is damaged.
 */
export async function withBeside(scope: Pick<Scope, 'run' | 'use'>): Promise<Bundle> {
  const bundle = await contentsOf(scope);
  if (bundle.kind !== 'opaque') return bundle;
  if (bundle.format === 'zip') return (await frozenOf(scope)).bundle;
  return { ...bundle, nativeFiles: await nativeFilesBeside(await realpath(scope.run.binary)) };
}
