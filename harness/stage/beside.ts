import { readdir, realpath } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import type { Bundle, NativeFile } from '../runtimes/bundle.ts';
import { withFile } from '../runtimes/native/byte-source.ts';
import { orDamage } from '../runtimes/native/errors.ts';
import { readExecutable, readImages } from '../runtimes/native/executable.ts';
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

/** Libraries, add-ons and programs beside an executable and in the folders there. */
export async function nativeFilesBeside(binary: string): Promise<NativeFile[]> {
  const entries = await readdir(dirname(binary), { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => relative(dirname(binary), join(entry.parentPath, entry.name)));
  const found: NativeFile[] = [];
  // One after the other: a folder may hold thousands.
  for (const name of names.filter((each) => each !== basename(binary))) {
    await withFile(join(dirname(binary), name), async (source) => {
      const format = (await readExecutable(source))?.format;
      if (format === undefined || format === 'zip') return;
      const { value: images = [] } = await orDamage(() => readImages(source));
      found.push({ entry: name.replaceAll('\\', '/'), format, images });
    });
  }
  return found;
}
