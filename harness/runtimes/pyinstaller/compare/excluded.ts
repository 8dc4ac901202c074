import { normalisedName, type Lock } from '../../../baselines/lock.ts';
import type { FrozenBundle } from '../../bundle.ts';
import type { Observation } from '../../../model/observation.ts';
import { count, formatBytes } from '../../../model/format.ts';
import { ownerOfModule, type Owning } from './owner.ts';
import { plainName } from './plain-name.ts';

/** Tools for tests, style and types, notebooks, debugging, freezing, and windows on a screen: nothing that a worker runs. */
const tools = new Set(
  `
  pytest _pytest hypothesis coverage nose tox  mypy mypyc ruff black blib2to3 flake8 pycodestyle pyflakes pylint isort  debugpy PyInstaller
  IPython ipykernel ipywidgets notebook nbconvert nbformat  tkinter _tkinter turtle idlelib PyQt5 PyQt6 PySide2 PySide6 wx gi
`
    .trim()
    .split(/\s+/),
);

/** What tells a development tool from what the worker uses. */
export type Use = {
  /** First parts of the names of all modules that the baseline loaded; absent without a baseline. */
  readonly loaded?: ReadonlySet<string> | undefined;
  readonly lock?: Lock['versions'] | undefined;
  readonly distributions?: readonly Owning[] | undefined;
};

/**
 * Test, style and GUI packages inside (BC-08): every module that the contract excludes, with what lies below it, and of the tools that are
 * known
 * those that the baseline did not load and that the lock's main group does not want. Without a baseline only the contract speaks: a
 * worker may well drive a notebook's kernel, and nothing would show it.
 */
export function developmentTools(
  bundle: FrozenBundle, excludes: readonly string[], { loaded, lock, distributions = [] }: Use = {},
): Observation[] {
  const excluded = [...new Set(excludes)].filter((name) => !excludes.some((other) => name.startsWith(`${other}.`)));
  const strict = excluded.flatMap((name) => toolFact(bundle, name, 'the contract excludes it', distributions) ?? []);
  if (loaded === undefined) return strict;
  const tops = new Set(bundle.modules.map(({ name }) => name.split('.', 1)[0] ?? name));
  const idle = [...tops].filter((name) => (tools.has(name) || name.startsWith('jupyter')) && !excluded.includes(name) && !loaded.has(name));
  const wanted = (name: string) => lock?.get(normalisedName(ownerOfModule(name, distributions) ?? name))?.groups?.includes('main') ?? false;
  return [...strict, ...idle.filter((name) => !wanted(name)).flatMap((name) => toolFact(bundle, name, 'the worker run from source ' +
    'never loads it', distributions) ?? [])];
}

function toolFact(bundle: FrozenBundle, name: string, reason: string, distributions: readonly Owning[]): Observation[] {
  const { modules, files, bytes } = below(bundle, name);
  if (modules + files === 0) return [];
  const module = plainName(name);
  const distribution = ownerOfModule(name, distributions);
  const held = [count(modules, 'module'), ...(files === 0 ? [] : [count(files, 'file')])].join(' and ');
  const line = `${module} is inside (${held}, ${formatBytes(bytes)}); ${reason}`;
  return [
    { kind: 'development-tool', args: { module, ...(distribution !== undefined && { distribution }) }, line, names: [`module:${module}`] },
  ];
}

/**
 * A module with all below it: modules of the archives, files of its folder, libraries that a wheel keeps beside it, and what they take in
 * the executable.
 */
function below({ modules, entries }: FrozenBundle, name: string): { modules: number; files: number; bytes: number } {
  const inside = modules.filter((module) => module.name === name || module.name.startsWith(`${name}.`));
  const archived = inside.filter(({ origin }) => origin !== 'loose');
  const ownEntries = new Set(inside.filter(({ origin }) => origin === 'loose').map(({ entry }) => entry));
  const folder = name.replaceAll('.', '/');
  const files = entries.filter(({ name: path, role }) =>
    role !== 'metadata' && role !== 'script' && (
      ownEntries.has(path) || path.startsWith(`${folder}/`) || path.startsWith(`${folder}.libs/`)
    ));
  const bytes = [...archived, ...files].reduce((sum, { storedBytes }) => sum + storedBytes, 0);
  return { modules: inside.length, files: files.filter(({ name: path }) => !ownEntries.has(path)).length, bytes };
}
