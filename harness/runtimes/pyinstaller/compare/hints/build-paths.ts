import type { Observation } from '../../../../model/observation.ts';
import { atMost, plainName } from '../told.ts';

const shown = 5;
const longestFolder = 300;

/** Where people and CI services have their homes on Linux, macOS and Windows; the end of the text belongs to the same path. */
const home = /(?:\/home\/|\/Users\/|[A-Za-z]:\\Users\\)[^\\/\0]{1,64}/g;

/** A home folder of the machine that built the worker, and a module whose code names it as the place of its source. */
export type BuildPath = { readonly folder: string; readonly module: string };

/**
 * The home folder in which a module's source lay when it was compiled, where its code, as latin1, tells that: PyInstaller before 6.16 left
 * the whole path in it for what was not found on sys.path. Only the file name that the code object carries counts, not every text that has
 * such a path in it.
 */
export function buildPathOf(module: string, code: string): BuildPath | undefined {
  const path = module.replaceAll('.', '/');
  const suffixes = [`/${path}.py`, `/${path}/__init__.py`];
  for (const suffix of [...suffixes, ...suffixes.map((each) => each.replaceAll('/', '\\'))]) {
    const at = code.indexOf(suffix);
    const folder = at < 0 ? undefined : homeBefore(code, at, suffix.length);
    if (folder !== undefined) return { folder, module };
  }
  return undefined;
}

/** The home folder with which a marshalled string begins that ends with the `length` bytes at `end`. */
function homeBefore(code: string, end: number, length: number): string | undefined {
  const from = Math.max(0, end - longestFolder);
  for (const { index, 0: folder } of code.slice(from, end).matchAll(home)) {
    const start = from + index;
    if (isLengthBefore(code, start, end + length - start)) return Buffer.from(folder, 'latin1').toString('utf8');
  }
  return undefined;
}

/** CPython, marshal.c: a string stands behind its length, one byte for a short one of ASCII, four for others. */
function isLengthBefore(code: string, start: number, length: number): boolean {
  const byte = (before: number) => code.charCodeAt(start - before);
  if (start >= 2 && byte(1) === length) return true;
  return start >= 5 && byte(4) + byte(3) * 0x100 + byte(2) * 0x10000 + byte(1) * 0x1000000 === length;
}

/** Frozen code that tells where it was built (SE-07), one fact for each home folder. */
export function buildPathHints(paths: readonly BuildPath[]): Observation[] {
  const folders = Map.groupBy(paths, ({ folder }) => folder);
  return atMost(shown, Array.from(folders, ([name, [first, ...others]]): Observation => {
    const folder = plainName(name);
    const modules = `${plainName(first?.module ?? '')}${others.length === 0 ? '' : ` and ${others.length} more`}`;
    return { kind: 'build-path', args: { folder, modules }, line: `${folder} is named as the place of ${modules}`, names: [] };
  }));
}
