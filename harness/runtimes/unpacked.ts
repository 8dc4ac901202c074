import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Native code and Python's own library: no worker writes there, and hardly anything else takes space. */
const library = /\.(?:so(?:\.\d+)*|dll|dylib|pyd)$|^base_library\.zip$/;

/** Removes the libraries from a folder into which an executable unpacked itself; what else is there may be the worker's own and stays. */
export async function removeLibraries(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const libraries = entries.filter((entry) => !entry.isDirectory() && library.test(entry.name));
  await Promise.all(libraries.map((entry) => rm(join(entry.parentPath, entry.name), { force: true, maxRetries: 3 })));
}
