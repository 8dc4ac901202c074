import { resolve } from 'node:path';
import type { Invocation } from '../invocation.ts';
import { UsageError } from '../../model/errors.ts';
import { commands } from '../command.ts';
import { baseOf, readLine } from '../read-line.ts';
import { checkPlatform, readWaivers } from './waivers.ts';

/** What the command line of the gate asks for, flag by flag as its table tells them; every path is absolute. */
export type GateOptions = Readonly<ReturnType<typeof parseGateOptions>>;

/**
 * Reads the command line. Throws a UsageError of one sentence for anything that is wrong in it; beside `--help` nothing is wrong.
 * Paths count from where the user stands: INIT_CWD under npm, else `cwd`.
 */
export function parseGateOptions(started: Invocation, cwd: string = process.cwd()) {
  const line = started.words.join(' ');
  const given = readLine(commands.gate, started, cwd);
  const options = {
    help: given.has('help'),
    reports: given.operands.map(given.absolute),
    required: requiredOf(given.texts('require')),
    contract: given.path('contract'),
    commit: given.text('commit')?.toLowerCase(),
    artifacts: given.texts('artifact').map(given.absolute),
    waivers: readWaivers(given.words),
    earlier: given.texts('earlier').map(given.absolute),
    reportDir: given.path('report-dir') ?? given.absolute('reports'),
    json: given.has('json'),
    quiet: given.has('quiet'),
  };
  if (options.help) return options;
  if (options.reports.length === 0) throw new UsageError("no report is named; name each platform's, or the folder that " +
    `holds them: ${line} reports --require linux-amd64`);
  if (options.required.length === 0 && options.contract === undefined) {
    throw new UsageError(`--require is missing: name every platform of the release, or give the --contract that does: ${line} reports ` +
      '--require linux-amd64,darwin-arm64');
  }
  return options;
}

/** Where the decision would go, also when the rest of the command line cannot be understood. */
export function reportDirOf({ args, environment }: Invocation, cwd: string = process.cwd()): string {
  const index = args.findIndex((word) => word === '--report-dir' || word.startsWith('--report-dir='));
  const given = args[index]?.includes('=') ? args[index].slice('--report-dir='.length) : args[index + 1];
  return resolve(baseOf(environment, cwd), (index >= 0 && given) || 'reports');
}

function requiredOf(lists: readonly string[]): string[] {
  const names = lists.flatMap((list) => list.split(',')).map((name) => name.trim()).filter((name) => name !== '');
  for (const name of names) checkPlatform(name, '--require');
  return [...new Set(names)];
}
