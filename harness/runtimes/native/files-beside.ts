import { readdir } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import type { NativeFile } from '../bundle.ts';
import { withFile } from './byte-source.ts';
import { orDamage } from './errors.ts';
import { readExecutable, readImages } from './executable.ts';

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
