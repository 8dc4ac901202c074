import { resolve } from 'node:path';
import type { Invocation } from '../invocation.ts';
import { UsageError } from '../../model/errors.ts';
import { readWords, type Word } from './read-words.ts';
import { swallowedByNpm } from './swallowed.ts';
import { checkPlatform, readWaivers, type Waiver } from './waivers.ts';

/** What the command line of the gate asks for; every path is absolute. */
export type GateOptions = {
  /** Show the help and do nothing; the other options then say nothing. */
  readonly help: boolean;
  /** Files and folders that are, hold, or hold folders with a report.json. */
  readonly reports: readonly string[];
  /** The platforms of the release; empty: those of the contract. */
  readonly required: readonly string[];
  readonly contract: string | undefined;
  /** The commit to be released, whole or shortened, in lower case. */
  readonly commit: string | undefined;
  /** The files about to be shipped. */
  readonly artifacts: readonly string[];
  readonly waivers: readonly Waiver[];
  /** Reports of releases before this one, for the trend. */
  readonly earlier: readonly string[];
  /** Default: the folder `reports` where the user stands. */
  readonly reportDir: string;
  /** gate.json on stdout. */
  readonly json: boolean;
  /** Nothing on stderr when the gate passes. */
  readonly quiet: boolean;
};

/**
 * Reads the command line. Throws a UsageError of one sentence for anything that is wrong in it; beside `--help` nothing is wrong.
 * Paths count from where the user stands: INIT_CWD under npm, else `cwd`.
 */
export function parseGateOptions({ args, environment, words }: Invocation, cwd: string = process.cwd()): GateOptions {
  const line = words.join(' ');
  const given = readWords(args, line);
  const help = given.some(({ flag }) => flag === 'help');
  const swallowed = swallowedByNpm(environment, new Set(given.map(({ flag }) => flag)), line);
  if (!help && swallowed !== undefined) throw new UsageError(swallowed);

  const base = (environment['npm_lifecycle_event'] !== undefined && environment['INIT_CWD']) || cwd;
  const all = (wanted: Word['flag']) => given.filter(({ flag }) => flag === wanted).map(({ value }) => value);
  const paths = (wanted: Word['flag']) => all(wanted).map((path) => resolve(base, path));
  const options: GateOptions = {
    help,
    reports: paths('positional'),
    required: requiredOf(all('require')),
    contract: paths('contract')[0],
    commit: commitOf(all('commit')[0]),
    artifacts: paths('artifact'),
    waivers: readWaivers(given),
    earlier: paths('earlier'),
    reportDir: paths('report-dir')[0] ?? resolve(base, 'reports'),
    json: given.some(({ flag }) => flag === 'json'),
    quiet: given.some(({ flag }) => flag === 'quiet'),
  };
  if (help) return options;
  if (options.reports.length === 0) throw new UsageError(`no report is named; name each platform's, or the folder that holds them: ` +
    `${line} reports --require linux-amd64`);
  if (options.required.length === 0 && options.contract === undefined) {
    throw new UsageError(`--require is missing: name every platform of the release, or give the --contract that does: ${line} reports ` +
      '--require linux-amd64,darwin-arm64');
  }
  return options;
}

/** Where the decision would go, also when the rest of the command line cannot be understood. */
export function reportDirOf({ args, environment }: Invocation, cwd: string = process.cwd()): string {
  const base = (environment['npm_lifecycle_event'] !== undefined && environment['INIT_CWD']) || cwd;
  const index = args.findIndex((word) => word === '--report-dir' || word.startsWith('--report-dir='));
  const given = args[index]?.includes('=') ? args[index].slice('--report-dir='.length) : args[index + 1];
  return resolve(base, (index >= 0 && given) || 'reports');
}

function requiredOf(lists: readonly string[]): string[] {
  const names = lists.flatMap((list) => list.split(',')).map((name) => name.trim()).filter((name) => name !== '');
  for (const name of names) checkPlatform(name, '--require');
  return [...new Set(names)];
}

function commitOf(given: string | undefined): string | undefined {
  if (given === undefined || /^[0-9a-f]{7,64}$/i.test(given)) return given?.toLowerCase();
  throw new UsageError(`--commit: expected at least the first 7 hexadecimal digits of a commit, got ${given}`);
}
