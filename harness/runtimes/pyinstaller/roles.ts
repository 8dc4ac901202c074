import type { Entry, Role, Script } from '../bundle.ts';
import type { TocEntry } from './archive/toc.ts';

const byTypeCode: Record<string, Role> = {
  m: 'bootstrap', M: 'bootstrap', s: 'script', z: 'modules', Z: 'zip', n: 'link', o: 'option', l: 'splash', d: 'dependency',
};

/** What an entry is for, by PyInstaller's letter and its path. A file with a library's name may still turn out to be none. */
export function roleOf(typeCode: string, path: string): Role {
  const role = byTypeCode[typeCode];
  if (role !== undefined) return role;
  if (typeCode !== 'b' && typeCode !== 'x') return 'unknown';
  if (path === 'base_library.zip') return 'base library';
  if (metadataFolder(path) !== undefined) return 'metadata';
  if (extensionModule(path) !== undefined) return 'extension module';
  if (looseModule(path) !== undefined) return 'module';
  return typeCode === 'b' || isLibraryName(path) ? 'library' : 'data';
}

/** The folder of a distribution's metadata that a path lies in, for example "redis-8.1.0.dist-info"; an .egg-info may be a file. */
export function metadataFolder(path: string): string | undefined {
  return /^(?:.*\/)?[^/]+\.(?:dist-info(?=\/)|egg-info(?=\/|$))/.exec(path)?.[0];
}

/** The dotted name of the extension module that a file is by its name, for example "grpc._cython.cygrpc". */
export function extensionModule(path: string): string | undefined {
  const inside = path.replace(/^(?:python3\.\d+t?\/)?lib-dynload\//, '');
  const [, stem, tag, suffix] = /^(.*?)(\.(?:cpython-[^./]+|cp\d[^./]*|abi3))?\.(so|pyd)$/.exec(inside) ?? [];
  // A helper of mypyc's is called by a hash, which may begin with a digit; Python's tag tells that it is a module all the same.
  if (stem === undefined || !(tag === undefined ? isDotted(stem) : isImportable(stem))) return undefined;
  // "libfoo.so" without a tag of Python's is a plain library.
  if (tag === undefined && suffix === 'so' && /(?:^|\/)lib[^/]*$/.test(stem)) return undefined;
  // A package whose __init__ is native code.
  return stem.replaceAll('/', '.').replace(/\.__init__$/, '');
}

/** The module that a .py or .pyc file is by its path, and whether it is a package. */
export function looseModule(path: string): { readonly name: string; readonly isPackage: boolean } | undefined {
  const [, stem] = /^(.*)\.pyc?$/.exec(path) ?? [];
  if (stem === undefined || !isDotted(stem)) return undefined;
  const [, folder] = /^(.+)\/__init__$/.exec(stem) ?? [];
  return { name: (folder ?? stem).replaceAll('/', '.'), isPackage: folder !== undefined };
}

/** Whether a file has a name as native code has it. */
export function isLibraryName(path: string): boolean {
  return /\.(?:so(?:\.[\w.-]+)?|dylib|dll|pyd|exe)$/i.test(path);
}

function isDotted(path: string): boolean {
  return path.split('/').every((part) => /^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(part));
}

function isImportable(path: string): boolean {
  return path.split('/').every((part) => /^[\p{ID_Continue}-]+$/u.test(part));
}

/** Roles whose names are no paths: a backslash in them is what it is. */
const nameless: readonly Role[] = ['script', 'bootstrap', 'option', 'modules'];

/** The entries of PyInstaller's package, with `/` in their paths whatever system they are for. */
export function packageEntries(toc: readonly TocEntry[], windows: boolean): Entry[] {
  return toc.map(({ name: stored, typeCode, offset, storedBytes, sizeBytes, compressed }) => {
    const path = windows ? stored.replaceAll('\\', '/') : stored;
    const role = roleOf(typeCode, path);
    return { name: nameless.includes(role) ? stored : path, role, typeCode, storedBytes, sizeBytes, compressed, offset };
  });
}

/** Whether an entry becomes a file in the temporary directory when a one-file executable unpacks itself. */
export function isExtracted({ typeCode }: Pick<Entry, 'typeCode'>): boolean {
  return 'bxZn'.includes(typeCode);
}

/** The first entry that shares bytes with the one before it, in the order of their places: PyInstaller writes one after the other. */
export function overlapping(toc: readonly TocEntry[]): TocEntry | undefined {
  const byPlace = toc.filter(({ storedBytes }) => storedBytes > 0).sort((left, right) => left.offset - right.offset);
  return byPlace.find(({ offset }, index) => {
    const before = byPlace[index - 1];
    return before !== undefined && before.offset + before.storedBytes > offset;
  });
}

/**
 * The scripts in the order in which they run. PyInstaller writes its own bootstrap, the project's runtime hooks, its own
 * runtime hooks (pyi_rth_…), then the entry scripts; without hooks of its own, all but the last script are taken for hooks.
 */
export function scriptsOf(entries: readonly Entry[]): Script[] {
  const names = entries.filter(({ role }) => role === 'script').map(({ name }) => name);
  const lastHook = names.findLastIndex((name) => name.startsWith('pyi_rth_'));
  const firstEntry = lastHook >= 0 ? lastHook + 1 : names.length - 1;
  return names.map((name, index) => {
    if (/^pyiboot\d/.test(name)) return { name, kind: 'bootstrap' };
    return { name, kind: index < firstEntry ? 'runtime hook' : 'entry' };
  });
}
