import { existsSync, readdirSync, type Dirent } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { normalisedName } from '../../../baselines/lock.ts';
import type { Baseline } from '../../../baselines/baseline.ts';
import { differingModules, type DifferingModule, type Survey } from '../../../baselines/survey/survey.ts';
import type { FrozenBundle, Module } from '../../bundle.ts';
import { codePlaces } from '../module-code.ts';
import { readEntry } from '../read-entry.ts';
import type { Observation } from '../../../model/observation.ts';
import { CouldNotJudge } from '../../../model/errors.ts';
import { optimisationOf } from './hints.ts';
import { ownersIn } from './owner.ts';
import { atMost, plainName } from './told.ts';

const shownModules = 20;

/** An interpreter has a minute, and compiles some thousand modules in ten seconds: an environment of any size gets through. */
const atOnce = 3_000;

/**
 * Modules of the project, and where that is asked for of what it has installed, whose frozen code is not what their source compiles to now
 * (BC-10, a stale build), and frozen modules of the project's packages whose source is gone. The entry script is one of them. Comments,
 * line numbers and file names make no difference. Distributions of `others`, by normalised name, are inside in another version.
 * @throws {CouldNotJudge} when the bundle's Python is not the baseline's, or its code cannot be had.
 */
export async function staleSources(
  bundle: FrozenBundle, baseline: Baseline, survey: Survey,
  { installed, others, signal }: { installed: boolean; others?: ReadonlyMap<string, string>; signal?: AbortSignal },
): Promise<{ readonly compared: number; readonly observations: Observation[] }> {
  refuseOthers(bundle, survey);
  const script = entryScript(bundle, baseline);
  const entry = script && { file: script.file, code: await readEntry(bundle, script.entry) };
  const ownerOf = ownersIn(survey.distributions);
  const modules = codeBelow(bundle, [...survey.sourceFolders, ...(installed ? survey.packageFolders : [])])
    .filter(({ name }) => others?.has(normalisedName(ownerOf(name) ?? '')) !== true);
  const code = { archive: bundle.archiveFile, optimise: optimisationOf(bundle) };
  const differing = await differingModules(baseline, survey, { ...code, modules: modules.slice(0, atOnce), entry }, signal);
  for (let from = atOnce; from < modules.length; from += atOnce) {
    differing.push(...await differingModules(baseline, survey, { ...code, modules: modules.slice(from, from + atOnce) }, signal));
  }
  const facts = differing.map((each) => staleFact(each, baseline.directory));
  const observations = atMost(shownModules, [...(script === undefined ? lostScripts(bundle) : []), ...facts]);
  return { compared: modules.length + (entry === undefined ? 0 : 1), observations };
}

function refuseOthers({ bytecodeMagic, pythonVersion, oddities }: FrozenBundle, survey: Survey): void {
  if (oddities.some(({ kind }) => kind === 'encrypted-code')) throw new CouldNotJudge('the frozen code is encrypted: whether it is ' +
    'that of the project cannot be told');
  if (bytecodeMagic === undefined) throw new CouldNotJudge('the executable has no archive of modules to compare with the project');
  if (bytecodeMagic === survey.bytecodeMagic) return;
  throw new CouldNotJudge(`the executable holds code of Python ${plainName(pythonVersion)}, the baseline runs ${survey.pythonVersion}: ` +
    'whether it is that of the project cannot be told; install the project with the Python that froze it');
}

/** Where the code of modules lies whose first part is there in one of the folders. */
function codeBelow(bundle: FrozenBundle, folders: readonly string[]) {
  const known = new Map<string, boolean>();
  const isBelow = ({ name }: Module): boolean => {
    const top = name.split('.', 1)[0] ?? name;
    const is = known.get(top) ?? (
      !/[\\/\0]/.test(top) && folders.some((folder) => existsSync(join(folder, top)) || existsSync(join(folder, `${top}.py`)))
    );
    known.set(top, is);
    return is;
  };
  return codePlaces(bundle, isBelow).map(({ module: { name }, start, end }) => ({ name, start, end }));
}

/** The first script that the executable starts and that lies in the project: the one that starts the baseline, or another one. */
function entryScript(bundle: FrozenBundle, { directory, entry: path }: Baseline) {
  for (const { name } of entryScripts(bundle)) {
    const entry = bundle.entries.find((each) => each.role === 'script' && each.name === name);
    const isBaselines = basename(path).replace(/\.pyw?$/, '') === name;
    const file = isBaselines ? join(directory, path) : scriptsBelow(directory, name, scriptDepth)[0];
    if (entry !== undefined && file !== undefined) return { entry, file };
  }
  return undefined;
}

const entryScripts = ({ scripts }: FrozenBundle) => scripts.filter(({ kind }) => kind === 'entry');

/** A script lies in the project's folder or a few below it. */
const scriptDepth = 3;

function scriptsBelow(folder: string, name: string, depth: number): string[] {
  if (/[\\/\0]/.test(name)) return [];
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // it cannot be looked into
  }
  const own = entries.filter((entry) => entry.isFile() && (entry.name === `${name}.py` || entry.name === `${name}.pyw`));
  const below = entries.filter((entry) => depth > 0 && entry.isDirectory() && !/^\.|^(?:node_modules|site-packages)$/.test(entry.name));
  return [
    ...own.map((entry) => join(folder, entry.name)), ...below.flatMap((entry) => scriptsBelow(join(folder, entry.name), name, depth - 1)),
  ];
}

function lostScripts(bundle: FrozenBundle): Observation[] {
  return entryScripts(bundle).slice(0, 1).map(({ name }) => {
    const [module, file] = [plainName(name), `${plainName(name)}.py`];
    return {
      kind: 'stale-source', args: { module, file }, names: [`module:${module}`],
      line: `it starts with the script ${file}, which lies nowhere in the project any more`,
    };
  });
}

function staleFact({ module: name, file: path, reason }: DifferingModule, directory: string): Observation {
  const module = plainName(name === '__main__' ? basename(path).replace(/\.pyw?$/, '') : name);
  const below = relative(directory, path);
  const file = plainName(below.startsWith('..') ? path : below);
  if (reason !== 'different' && reason !== 'gone') {
    return { kind: 'damaged-member', args: { member: module }, line: `${module}: ${plainName(reason)}`, names: [`module:${module}`] };
  }
  const line = reason === 'gone' ? `${module} is inside, but its source ${file} is no longer there` : `${module} was frozen from ` +
    `another state of ${file} than the one that is there now`;
  return { kind: 'stale-source', args: { module, file }, line, names: [`module:${module}`] };
}
