import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Survey } from '../../../baselines/survey/survey.ts';

type Folders = Pick<Survey, 'packageFolders' | 'sourceFolders' | 'standardLibrary'>;

const most = 50;

/**
 * The modules that source files import which are run by their path, and those that lie beside them, and that are not `held`: the freezer
 * does not read what is data to it. Names only that are a file in one of the folders; 50 at most.
 */
export function importsOfFiles(paths: readonly string[], held: ReadonlySet<string>, folders: Folders): string[] {
  const places = [...folders.sourceFolders, ...folders.packageFolders, ...folders.standardLibrary];
  const beside = new Set(paths.flatMap((path) => readOr([], () => readdirSync(dirname(path))).map((name) => join(dirname(path), name))));
  const texts = [...beside].filter((file) => file.endsWith('.py')).map((file) => readOr('', () => readFileSync(file, 'utf8')));
  const missing = new Set(texts.flatMap(importedIn).filter((name) => !held.has(name) && isModule(name, places)));
  return [...missing].toSorted().slice(0, most);
}

/** `import a.b, c as d` and `from a.b import c, d`. */
const whole = /^[ \t]*import[ \t]+([\w., \t]+)/gm;
const part = /^[ \t]*from[ \t]+(\w[\w.]*)[ \t]+import[ \t]+\(?([\w, \t\n]+)/gm;

/** Modules that a source may import, by their whole names. */
function importedIn(text: string): string[] {
  const plain = Array.from(text.matchAll(whole), ([, names = '']) => names.split(',').map(firstWord));
  const from = Array.from(text.matchAll(part), ([, module = '', names = '']) => (
    [module, ...names.split(',').map((name) => `${module}.${firstWord(name)}`)]
  ));
  return [...plain.flat(), ...from.flat()].filter((name) => /^\w+(?:\.\w+)*$/.test(name));
}

function firstWord(text: string): string {
  return text.trim().split(/\s/, 1)[0] ?? '';
}

function isModule(name: string, places: readonly string[]): boolean {
  const path = name.replaceAll('.', '/');
  return places.some((place) => existsSync(join(place, `${path}.py`)) || existsSync(join(place, path, '__init__.py')));
}

function readOr<T>(otherwise: T, read: () => T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
