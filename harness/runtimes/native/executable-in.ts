import { readdir, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { BundleError } from './errors.ts';
import { describeFile } from './executable.ts';

const formats: readonly string[] = ['ELF', 'Mach-O', 'PE'];
const library = /\.(?:so(?:\.[\d.]+)?|dylib|dll|pyd|node)$/i;

/**
 * The executable of a folder that is released whole: the one of the folder's name, else the only one that lies in it.
 * @throws {BundleError} where there is none, or several of other names.
 */
export async function executableIn(folder: string): Promise<string> {
  const name = basename(await realpath(folder));
  const files = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile() && !library.test(entry.name));
  const found: string[] = [];
  for (const file of files) if (formats.includes((await describeFile(join(folder, file.name))).format)) found.push(file.name);
  const chosen = found.find((file) => [name, `${name}.exe`].includes(file)) ?? (found.length === 1 ? found[0] : undefined);
  if (chosen !== undefined) return join(folder, chosen);
  throw new BundleError(found.length === 0
    ? `${folder}: is a folder without an executable (ELF, Mach-O or PE) in it; name the folder that the build made, or the executable`
    : `${folder}: is a folder with several executables (${found.slice(0, 4).join(', ')}); name the one that starts the worker`);
}
