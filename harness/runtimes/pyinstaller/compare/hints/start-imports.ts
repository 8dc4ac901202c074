import type { Observation } from '../../../../model/observation.ts';
import type { FrozenBundle } from '../../../bundle.ts';
import { sureImports, type Import } from '../../code/imports.ts';
import { isReadable } from '../../code/opcodes.ts';
import { codeOf, entryCode, type Coded } from '../../code/started-code.ts';
import { atMost, plainName } from '../told.ts';

const shown = 5;
/** Each round reads what the one before imports. */
const mostRounds = 60;

/** What an interpreter may have in itself, so that no archive holds it: of CPython's Modules/ all that is written in C, on any system. */
const maybeBuiltIn = new Set([
  'array', 'atexit', 'audioop', 'binascii', 'builtins', 'cmath', 'crypt', 'errno', 'faulthandler', 'fcntl', 'gc', 'grp', 'itertools',
  'marshal', 'math', 'mmap', 'msvcrt', 'nis', 'nt', 'ossaudiodev', 'posix', 'pwd', 'pyexpat', 'readline', 'resource', 'select', 'spwd',
  'syslog', 'sys', 'termios', 'time', 'unicodedata', 'winreg', 'winsound', 'zlib',
]);

/**
 * Modules that the worker imports as soon as it starts, which are not inside: followed from the entry script through statements that stand
 * in no function, under no condition and in no `try`. PyInstaller collects those, unless it did not find them when it built. Nothing is
 * said where the bytecode cannot be read. @throws what the file system throws, and {BundleError} when the file changed.
 */
export async function unresolvedStarts(bundle: FrozenBundle): Promise<Observation[]> {
  const { bytecodeMagic: magic } = bundle;
  if (!isReadable(magic)) return [];
  const inside = new Set(bundle.modules.map(({ name }) => name));
  const missing = new Map<string, string>();
  const seen = new Set<string>();
  let next: readonly Coded[] = await entryCode(bundle);
  for (let round = 0; round < mostRounds && next.length > 0; round += 1) {
    const wanted = new Set<string>();
    for (const importer of next) {
      for (const name of sureImports(importer.code, magic).map((each) => absolute(each, importer))) {
        for (const part of withParents(name)) {
          if (inside.has(part) && !seen.has(part)) wanted.add(part);
          if (!part.includes('.') && !inside.has(part) && !isPythons(part) && !missing.has(part)) missing.set(part, importer.name);
          seen.add(part);
        }
      }
    }
    next = await codeOf(bundle, (name) => wanted.has(name));
  }
  return atMost(shown, Array.from(missing, ([name, by]): Observation => {
    const [module, importer] = [plainName(name), plainName(by)];
    const line = `${importer} imports ${module} as soon as it is run, and no such module is inside`;
    return { kind: 'unresolved-import', args: { module, importer }, line, names: [`module:${module}`] };
  }));
}

/** `from ..x import y` in a package is of the one above it. */
function absolute({ name, level }: Import, importer: Coded): string {
  if (level === 0) return name;
  const parts = importer.package.split('.');
  const above = parts.slice(0, parts.length - level + 1).join('.');
  return name === '' ? above : `${above}.${name}`;
}

/** `a`, `a.b` and `a.b.c` of `a.b.c`: an import of the last one runs all of them. */
function withParents(name: string): readonly string[] {
  return name.split('.').map((_, index, parts) => parts.slice(0, index + 1).join('.'));
}

function isPythons(name: string): boolean {
  return name.startsWith('_') || name === '' || maybeBuiltIn.has(name) || name === 'PyInstaller' || name.startsWith('pyimod');
}
