import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Closure, LoadedModule } from '../../../baselines/recorder/closure.ts';
import type { FrozenBundle } from '../../bundle.ts';
import type { Observation } from '../../../model/observation.ts';
import { someIds } from '../../../model/format.ts';
import type { Origin } from './owner.ts';

type Made = LoadedModule & { readonly computed: string; readonly origin: string };

const listedModules = 12;
const mostModules = 100;

/** What no worker loads, although it lies beside what one does. */
const forTests = /^(?:__|test_|tests?$|conftest$)|_test$/;

/**
 * Modules of the project that code of it may load by a name that it makes up, as it did with another one, and that neither the executable
 * holds nor the recorded baseline has loaded (BC-02): a value that no execution has given may need them. Whether one is wanted nobody can
 * read, so that this is no defect. One observation for what one module makes up in one package.
 */
export function unrunModules(bundle: FrozenBundle, closure: Closure, originOf: (module: LoadedModule) => Origin): Observation[] {
  const held = new Set(bundle.modules.map(({ name }) => name));
  const made = [...closure.modules.values()].filter((module): module is Made => {
    if (module.computed === undefined || module.origin === undefined || !fits(module.name, module.computed)) return false;
    const { known, standardLibrary, distribution } = originOf(module);
    return known && !standardLibrary && distribution === undefined;
  });
  const places = Map.groupBy(made, ({ name, importer, computed }) => JSON.stringify([parentOf(name), importer, computed]));
  return [...places.values()].flatMap(([module]) => {
    const modules = module === undefined ? [] : modulesBeside(module).filter((name) => (
      fits(name, module.computed) && !held.has(name) && !closure.modules.has(name)
    )).slice(0, mostModules);
    return module === undefined || modules.length === 0 ? [] : [factOf(module, modules)];
  });
}

function factOf({ name, importer, computed }: Made, modules: readonly string[]): Observation {
  return {
    kind: 'unrun-module',
    args: { modules: modules.join(', '), pattern: computed, loaded: name, ...(importer !== undefined && { importer }) },
    line: `${someIds(modules, listedModules)}: not in the executable and loaded by no execution; ${importer ?? 'the worker'} made up ` +
      `the name of ${name}`,
    names: modules.map((module) => `module:${module}`),
  };
}

/** A relative name is one below some package. */
function fits(name: string, pattern: string): boolean {
  const parts = pattern.replace(/^\.+/, '*.').split('*').map((part) => part.replaceAll(/[^\w*]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}

/** The modules and packages in the folder of one. Beside one that is in no package, and whose name says nothing, lies too much. */
function modulesBeside({ name, kind, origin, computed }: Made): string[] {
  const parent = parentOf(name);
  const folder = kind === 'package' ? dirname(dirname(origin)) : dirname(origin);
  if ((parent === '' && /^\W*$/.test(computed)) || !existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const isPackage = entry.isDirectory() && existsSync(join(folder, entry.name, '__init__.py'));
    const module = isPackage ? entry.name : /^([\w-]+)\.py$/.exec(entry.name)?.[1];
    return module === undefined || forTests.test(module) ? [] : [parent === '' ? module : `${parent}.${module}`];
  }).toSorted();
}

function parentOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('.')));
}
