import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Closure, ListedFolder, LoadedModule } from '../../../baselines/recorder/closure.ts';
import { someIds } from '../../../model/format.ts';
import type { Observation } from '../../../model/observation.ts';
import type { FrozenBundle } from '../../bundle.ts';
import { extensionModule } from '../roles.ts';
import type { Origin } from './owner.ts';

const shown = 12;
const most = 200;

/**
 * Modules that the program from source finds by looking into a folder of a package, and the frozen one cannot find that way (BC-03): by its
 * files, which a bundle keeps in an archive, or by pkgutil, which there tells what is frozen. A module that its importer names is not found
 * by looking; who asks whether it is frozen may look elsewhere. All modules of the folder are told, also those that no execution loaded.
 * `script` is the file that starts the baseline.
 */
export function missingListings(
  bundle: FrozenBundle, closure: Closure, originOf: (module: LoadedModule) => Origin, script?: string,
): Observation[] {
  const modules = new Set(bundle.modules.map(({ name }) => name));
  const files = new Set(bundle.entries.map(({ name }) => name));
  const mentions = mentionsIn(closure, script);
  const listings = new Map(closure.listings.map((each) => [`${each.by} ${each.path}`, each]));
  return [...listings.values()].flatMap((listing): Observation[] => {
    const found = [...closure.modules.values()].filter((module) => folderOf(module) === listing.path && isDotted(module) &&
      originOf(module).known && !originOf(module).standardLibrary && !isNamed(module, listing, mentions));
    const unseen = found.filter((module) => (listing.by === 'modules' ? !modules.has(module.name) : !files.has(placeOf(module))));
    const [first] = unseen;
    if (first === undefined || mentions(listing.importer).isAboutFreezing) return [];
    return [factOf(listing, parentOf(first.name), { unseen, closure, modules })];
  });
}

/** The folders that it looked into where it has loaded a module of a package. */
export function listedPackages({ listings, modules }: Closure): number {
  const folders = new Set(Array.from(modules.values()).filter(isDotted).map(folderOf));
  return listings.filter(({ path }) => folders.has(path)).length;
}

function factOf(
  { path, by, importer }: ListedFolder, owner: string,
  { unseen, closure, modules }: {
    readonly unseen: readonly LoadedModule[]; readonly closure: Closure; readonly modules: ReadonlySet<string>;
  },
): Observation {
  const all = [...new Set([...unseen.map(({ name }) => name), ...modulesIn(path, owner)])].toSorted().slice(0, most);
  const how = by === 'files' ? 'by its files' : 'by pkgutil';
  const told = someIds(unseen.map(({ name }) => name).toSorted(), shown);
  return {
    kind: 'missing-listing',
    args: { package: owner, modules: all.join(', '), by, folder: owner.replaceAll('.', '/'), ...(importer && { importer }) },
    line: `${importer ?? 'the worker'} looks into ${owner} ${how} and imports ${told}; the executable has none of them there`,
    names: [...withTheirs(all, closure, modules)].map((each) => `module:${each}`),
  };
}

/** They, and what is missing because only they import it. */
function withTheirs(all: readonly string[], closure: Closure, held: ReadonlySet<string>): Set<string> {
  const names = new Set(all);
  // What is imported comes after whoever imports it.
  for (const { name, importer } of closure.modules.values()) {
    if (importer !== undefined && names.has(importer) && !held.has(name)) names.add(name);
  }
  return names;
}

/** What can be imported from a folder, by its name in the package. */
function modulesIn(folder: string, owner: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = entry.isDirectory() ? undefined : /^(?!__)(\w[\w-]*)\.py$/.exec(entry.name)?.[1] ?? extensionModule(entry.name);
    return name === undefined || name.includes('.') ? [] : [`${owner}.${name}`];
  });
}

/** The folder in which a module, or the folder of a package, lies. */
function folderOf({ origin = '' }: LoadedModule): string {
  return isInitialiser(basename(origin)) ? dirname(dirname(origin)) : dirname(origin);
}

function isInitialiser(file: string): boolean {
  return file.startsWith('__init__.');
}

function isDotted({ name }: LoadedModule): boolean {
  return name.includes('.');
}

/** Where a bundle that keeps its file has it. */
function placeOf({ name, origin = '' }: LoadedModule): string {
  const file = basename(origin);
  return `${(isInitialiser(file) ? name : parentOf(name)).replaceAll('.', '/')}/${file}`;
}

type Mentioning = { readonly names: (word: string) => boolean; readonly isAboutFreezing: boolean };

/** Whether whoever imported it, or looked into the folder, has its name in the source. */
function isNamed({ name, importer }: LoadedModule, listing: ListedFolder, mentions: (module: string | undefined) => Mentioning): boolean {
  const last = name.slice(name.lastIndexOf('.') + 1);
  return [importer, listing.importer].some((each) => mentions(each).names(last));
}

/** Reads the sources of modules, each once. */
function mentionsIn({ modules }: Closure, script: string | undefined): (module: string | undefined) => Mentioning {
  const read = new Map<string, string>();
  return (module = '') => {
    const text = read.get(module) ?? readOrEmpty(module === '__main__' ? script : modules.get(module)?.origin);
    read.set(module, text);
    return {
      names: (word) => new RegExp(`(?<![\\w-])${word.replaceAll(/[^\w-]/g, String.raw`\$&`)}(?![\\w-])`).test(text),
      isAboutFreezing: /\b_MEIPASS\b|\bsys\.frozen\b|["']frozen["']/.test(text),
    };
  };
}

function readOrEmpty(file: string | undefined): string {
  if (file === undefined || !file.endsWith('.py')) return '';
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function parentOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('.')));
}
