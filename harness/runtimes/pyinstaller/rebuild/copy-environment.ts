import { constants, existsSync, globSync } from 'node:fs';
import { cp, lstat, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What was copied, and where it now lies. */
export type Moved = readonly [from: string, to: string];

/** The folder of the environment that an interpreter belongs to; undefined for a Python that has none. */
export function environmentFolder(python: string): string | undefined {
  const folder = dirname(dirname(python));
  return existsSync(join(folder, 'pyvenv.cfg')) ? folder : undefined;
}

/** Where an environment says by whole paths what it belongs to: programs, paths of editable installations, and where those come from. */
const texts = [
  'bin/*', 'Scripts/*', '{lib/python*,Lib}/site-packages/*.pth', '{lib/python*,Lib}/site-packages/__editable__*.py',
  '{lib/python*,Lib}/site-packages/*.dist-info/direct_url.json',
];
const longestText = 1_000_000;

/**
 * Copies an environment so that it works at its new place with a copy of the project: programs start the copied interpreter, and an
 * editable installation leads to the copied project. On Windows its programs start the original interpreter, which only reads.
 */
export async function copyEnvironment(from: string, to: string, moved: readonly Moved[]): Promise<void> {
  // With their times, or Python would compile every module anew.
  await cp(from, to, { recursive: true, mode: constants.COPYFILE_FICLONE, preserveTimestamps: true, verbatimSymlinks: true });
  for (const path of texts.flatMap((pattern) => globSync(pattern, { cwd: to }))) {
    const file = join(to, path);
    const entry = await lstat(file);
    if (!entry.isFile() || entry.size > longestText) continue;
    const bytes = await readFile(file);
    if (bytes.includes(0)) continue;
    const text = bytes.toString('latin1');
    const changed = retarget(text, moved.map(([a, b]) => [latin1(a), latin1(b)]));
    if (changed !== text) await writeFile(file, changed, 'latin1');
  }
}

/** The text with every path below one of the folders led to its copy; the innermost folder counts. */
export function retarget(text: string, moved: readonly Moved[]): string {
  const inner = moved.toSorted(([a], [b]) => b.length - a.length);
  if (!inner.some(([from]) => text.includes(from))) return text;
  const target = new Map(inner);
  const any = inner.map(([from]) => from.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)).join('|');
  const pattern = new RegExp(`(?<![\\w.-])(?<!(?<!:/)/)(?:${any})(?![\\w.-])`, 'g');
  return text.replaceAll(pattern, (from) => target.get(from) ?? from);
}

function latin1(path: string): string {
  return Buffer.from(path).toString('latin1');
}
