import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import type { Closure, LoadedModule } from '../../../baselines/recorder/closure.ts';
import type { FrozenBundle } from '../../bundle.ts';
import type { Observation } from '../../../model/observation.ts';
import { someIds } from '../../../model/format.ts';
import type { Origin } from './owner.ts';
import { emptyNamespaces } from './plugins.ts';
import { sandboxModule } from './sandbox.ts';

type Missing = ReadonlyMap<string, LoadedModule>;

const listedModules = 12;
const mostNeighbours = 100;

/**
 * The modules that the baseline loaded and the executable does not hold (BC-02, BC-07, BC-12), one fact for what is missing below one
 * package. What only a missing module imports belongs to that module's fact; what only a module imports that was frozen as another
 * distribution's (`otherKinds`) belongs to that one. Modules of a namespace package that is wholly empty are left to `missingPlugins`,
 * which has the better remedy.
 */
export function missingModules(
  bundle: FrozenBundle, closure: Closure, originOf: (module: LoadedModule) => Origin, otherKinds: readonly Observation[],
): Observation[] {
  const held = new Set(bundle.modules.map(({ name }) => name));
  const empty = emptyNamespaces(bundle);
  const folders = new Set(bundle.entries.map(({ name }) => posix.dirname(name)));
  const missing = new Map([...closure.modules].filter(
    ([name, module]) => isFile(module) && originOf(module).known && !held.has(name) && !empty.has(parentOf(name)) &&
      name !== sandboxModule && !isFolderOfData(module, folders),
  ));
  const mistaken = new Map(otherKinds.map((fact) => [fact.args['module'] ?? '', fact]));
  const groups = new Map<string, LoadedModule[]>();
  const consequences = new Map<string, LoadedModule[]>();
  for (const module of missing.values()) {
    const { importer = '', ...cause } = causeOf(module, missing);
    const [key, groupsOfIts] = mistaken.has(importer) ? [importer, consequences] : [groupOf(cause.name, missing), groups];
    groupsOfIts.set(key, [...(groupsOfIts.get(key) ?? []), module]);
  }
  return [
    ...Array.from(consequences, ([name, modules]) => consequenceOf(name, modules, mistaken)).flat(),
    ...ofOneCause(Array.from(groups, ([group, modules]) => factOf(group, modules, originOf, missing))).map((fact) => withNeighbours(fact, {
      closure, held, originOf,
    })),
  ];
}

/**
 * A package that has no code and whose data are inside: Python imports the folder alone, as a namespace package, and nobody misses its
 * `__init__.py`.
 */
function isFolderOfData({ name, kind, origin }: LoadedModule, folders: ReadonlySet<string>): boolean {
  if (kind !== 'package' || origin === undefined || !folders.has(name.replaceAll('.', '/')) || !existsSync(origin)) return false;
  return readFileSync(origin, 'utf8').split('\n').every((line) => /^\s*(?:#.*)?$/.test(line));
}

/** What one module of one distribution imports by names that it makes up is one fact, wherever it lies: one block repairs all of it. */
function ofOneCause(facts: readonly Observation[]): Observation[] {
  const causes = Map.groupBy(facts, ({ args: { importer, distribution, standardLibrary, modules } }) => (
    importer === undefined || standardLibrary !== undefined || modules === undefined ? Symbol('alone') : `${importer} ${distribution}`
  ));
  return [...causes.values()].flatMap((same) => {
    const [first] = same;
    const modules = same.flatMap(({ args }) => args['modules']?.split(', ') ?? []).toSorted();
    if (first === undefined || same.length === 1 || modules.length > listedModules) return same;
    const { importer } = first.args;
    return [{
      ...first, args: { ...first.args, modules: modules.join(', ') }, names: same.flatMap(({ names }) => names),
      line: lineOf(modules, importer),
    }];
  });
}

function lineOf(names: readonly string[], importer: string | undefined): string {
  return `${someIds(names, listedModules)}: loaded by the baseline${importer ? `, first by ${importer}` : ''}; not in the executable`;
}

function factOf(
  group: string, modules: readonly LoadedModule[], originOf: (module: LoadedModule) => Origin, missing: Missing,
): Observation {
  const causes = modules.filter((module) => causeOf(module, missing) === module && (
    !missing.has(parentOf(module.name)) || isAskedFor(module, missing)
  ));
  // A module brings in the packages that it is in.
  const roots = causes.filter(({ name }) => !causes.some((other) => other.name.startsWith(`${name}.`)));
  const [first = modules[0]] = roots;
  const { distribution, standardLibrary = false } = first ? originOf(first) : { distribution: undefined };
  const names = roots.map(({ name }) => name).toSorted();
  const importer = first?.importer;
  return {
    kind: 'missing-module',
    args: {
      module: first?.name ?? group,
      // A longer list is no remedy that anybody would write.
      ...(names.length <= listedModules ? { modules: names.join(', ') } : { package: group }),
      ...(importer && { importer }),
      ...(distribution && { distribution }),
      ...(standardLibrary && { standardLibrary: 'yes' }),
    },
    line: lineOf(names, importer),
    names: modules.map(({ name }) => `module:${name}`),
  };
}

/** Whether something outside of a missing package has asked for this very module of it. */
function isAskedFor({ name, importer }: LoadedModule, missing: Missing): boolean {
  let top = name;
  while (missing.has(parentOf(top))) top = parentOf(top);
  return importer !== undefined && importer !== top && !importer.startsWith(`${top}.`);
}

/**
 * What imports one module of the project's by a name that it makes up imports its neighbours in other runs: those that are not held either
 * are told with it, so that one rebuild is enough.
 */
function withNeighbours(fact: Observation, { closure, held, originOf }: {
  readonly closure: Closure; readonly held: ReadonlySet<string>; readonly originOf: (module: LoadedModule) => Origin;
}): Observation {
  const named = fact.args['modules']?.split(', ') ?? [];
  const packages = new Set(named.map(parentOf).filter((name) => name !== ''));
  const neighbours = [...packages].flatMap((name) => {
    const module = closure.modules.get(name);
    if (module?.origin === undefined || module.kind !== 'package') return [];
    const { known, standardLibrary, distribution } = originOf(module);
    return known && !standardLibrary && distribution === undefined ? modulesBeside(name, module.origin) : [];
  }).filter((name) => !held.has(name) && !named.includes(name) && !closure.modules.has(name)).slice(0, mostNeighbours);
  return neighbours.length === 0 ? fact : { ...fact, args: { ...fact.args, neighbours: neighbours.join(', ') } };
}

function modulesBeside(name: string, initialiser: string): string[] {
  const files = existsSync(dirname(initialiser)) ? readdirSync(dirname(initialiser)) : [];
  return files.flatMap((file) => /^(?!__)(\w[\w-]*)\.py$/.exec(file)?.[1] ?? []).map((module) => `${name}.${module}`).toSorted();
}

function consequenceOf(name: string, modules: readonly LoadedModule[], mistaken: ReadonlyMap<string, Observation>): Observation[] {
  const fact = mistaken.get(name);
  const names = modules.map((module) => module.name);
  const line = `${names.join(', ')}: loaded by the baseline's ${name}; not in the executable, which has another ${name}`;
  return fact ? [{ ...fact, line, names: [...fact.names, ...names.map((each) => `module:${each}`)] }] : [];
}

/** Code that came from a file; what a program makes up while it runs is not looked for, nor a namespace, which has no code. */
function isFile({ kind, origin }: LoadedModule): boolean {
  return kind !== 'namespace package' && origin !== undefined;
}

/** The missing module but for which this one would be there: who imported it, and who imported that, as long as they are missing too. */
function causeOf(module: LoadedModule, missing: Missing): LoadedModule {
  const seen = new Set([module]);
  let cause = module;
  for (let importer = missing.get(cause.importer ?? ''); importer && !seen.has(importer); importer = missing.get(cause.importer ?? '')) {
    seen.add(importer);
    cause = importer;
  }
  return cause;
}

/** The package below which a module and its neighbours are missing; for a whole package that is missing, its parent. */
function groupOf(name: string, missing: Missing): string {
  let root = name;
  for (let parent = parentOf(root); parent !== '' && missing.has(parent); parent = parentOf(root)) root = parent;
  return parentOf(root) || root;
}

function parentOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('.')));
}
