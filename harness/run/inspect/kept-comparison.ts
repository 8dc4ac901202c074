import { createHash } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { arch, release, version } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { environmentOf, usualEntry } from '../../baselines/baseline.ts';
import { isSelfContained, keptRecording, stateOf, statesBelow, writeKept } from '../../baselines/recorder/kept.ts';
import { findContract } from '../../contract/find.ts';
import { loadContract } from '../../contract/load.ts';
import { reportSchema } from '../../model/report.ts';
import { ownVersion } from '../../system/own-package.ts';
import { cacheFolder, sha256OfFile } from '../../system/tools/cache.ts';

const hint = z.object({ hazard: z.string(), cause: z.string(), remedy: z.string(), line: z.string() });

/** Something that looks wrong in an executable that nobody has run: what it can lead to, what to do, and what tells it. */
export type Hint = Readonly<z.infer<typeof hint>>;

const comparison = z.object({ report: reportSchema, hints: z.array(hint).readonly() });

const keptShape = comparison.extend({ key: z.string() });

/** What a comparison says, and what looks wrong without one. */
export type Comparison = Readonly<z.infer<typeof comparison>>;

/** An executable, the folder of its source, and a contract that is named. */
export type Pair = { readonly file: string; readonly baseline: string; readonly contract: string | undefined };

/** They differ from one shell to the next and tell nothing to what is compared. */
const passing = /^(?:_|SHLVL|PWD|OLDPWD|INIT_CWD|npm_.*|TERM.*|COLUMNS|LINES|SSH_.*|TMUX.*|XDG_SESSION.*)$/i;

/**
 * What a comparison follows from: executable, project, environment file by file, interpreter, contract, variables, frostgate's own code.
 * Undefined where something takes part that cannot be told in this way: other files beside the executable, a contract or
 * sources that lie outside the project, a recording that is not kept.
 */
export async function comparisonKey(pair: Pair): Promise<string | undefined> {
  try {
    return await keyOf(pair);
  } catch {
    return undefined; // the comparison itself says what cannot be read
  }
}

async function keyOf({ file, baseline, contract: named }: Pair): Promise<string | undefined> {
  const directory = realpathSync(baseline);
  const contractFile = findContract({ contract: named, baseline, binary: file });
  if (contractFile !== undefined && !isBelow(realpathSync(contractFile), directory)) return undefined;
  const loaded = contractFile === undefined ? undefined : await loadContract(contractFile);
  if ((loaded?.contract.artifact.files ?? []).length > 0) return undefined;
  const { entry = usualEntry, manager } = loaded?.contract.source ?? {};
  const python = (await environmentOf({ directory: baseline, entry }, manager))?.python;
  if (python === undefined || !isSelfContained(python, baseline)) return undefined;
  const states = [baseline, environmentAround(python), ...ownFolders].map(statesBelow);
  if (states.includes(undefined)) return undefined;
  const variables = Object.entries(process.env).filter(([name]) => !passing.test(name)).map(([name, value]) => `${name}=${value}`);
  const all = [
    ownVersion, process.versions, version(), release(), arch(), file, await sha256OfFile(file), baseline, python,
    stateOf(realpathSync(python)), loaded?.file, loaded?.sha256, variables.toSorted(), states,
  ];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}

const environmentAround = (python: string): string => dirname(dirname(python));

/** The code that compares. */
const ownFolders = ['../..', '../../../suites'].map((folder) => fileURLToPath(new URL(folder, import.meta.url)));

const isBelow = (path: string, folder: string): boolean => path.startsWith(folder + sep);

/** The last comparison of a project, if it was made of the same. */
export function keptComparison({ baseline }: Pair, key: string): Comparison | undefined {
  try {
    const { key: made, ...said } = keptShape.parse(JSON.parse(readFileSync(keptIn(baseline), 'utf8')));
    return made === key ? said : undefined;
  } catch {
    return undefined; // none, or that of another version
  }
}

/** Keeps a comparison that is whole and was made of what a key tells. */
export async function keepComparison(pair: Pair, key: string, said: Comparison): Promise<void> {
  const { verdict, checks } = said.report;
  const isWhole = verdict.outcome !== 'inconclusive' && checks.every(({ outcome }) => outcome !== 'inconclusive');
  if (!isWhole || !await isOfOwnSources(pair) || await comparisonKey(pair) !== key) return;
  writeKept(keptIn(pair.baseline), { key, ...said });
}

/** Whether all that the baseline loaded lies where a key looks; a project that is not run has loaded nothing. */
async function isOfOwnSources({ baseline, contract, file }: Pair): Promise<boolean> {
  if (findContract({ contract, baseline, binary: file }) === undefined) return true;
  const closure = keptRecording({ directory: baseline });
  const python = (await environmentOf({ directory: baseline, entry: usualEntry }))?.python;
  if (closure === undefined || python === undefined) return false;
  const folders = [baseline, realpathSync(baseline), environmentAround(python), environmentAround(realpathSync(python))];
  return [...closure.modules.values()].every(({ origin }) => origin === undefined || folders.some((folder) => isBelow(origin, folder)));
}

/** Where the last comparison of a project is kept. */
export function keptIn(baseline: string): string {
  const project = createHash('sha256').update(baseline).digest('hex').slice(0, 16);
  return join(cacheFolder(), `comparison-${basename(baseline).replaceAll(/[^\w.-]/g, '_')}-${project}.json`);
}
