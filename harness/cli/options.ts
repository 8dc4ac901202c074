import { checkedAreas } from '../contract/catalogue.ts';
import { UsageError } from '../model/errors.ts';
import { flags, isAreaOrCheck, verifyCommand } from './flags.ts';
import type { Invocation } from './invocation.ts';
import { readLine } from './read-line.ts';

/** What the command line asks for, flag by flag as `flags` tells them; every path is absolute. */
export type Options = Readonly<ReturnType<typeof parseOptions>>;

/** How much is verified. */
export type Profile = (typeof flags.profile.words)[number];

/** Where the services of a worker come from. */
export type ServiceKind = (typeof flags.services.words)[number];

/**
 * Reads the command line. Throws a UsageError of one sentence for anything that is wrong in it; beside `--help` nothing is wrong. Paths
 * count from where the user stands: INIT_CWD under npm, which changes the working directory (`npm --prefix`), else `cwd`.
 */
export function parseOptions(started: Invocation, cwd: string = process.cwd()) {
  const given = readLine(verifyCommand, started, cwd);
  const [unexpected] = given.operands;
  if (unexpected !== undefined) {
    throw new UsageError(`unexpected argument ${unexpected}; the executable is named by a flag: ${started.words.join(' ')} --binary ` +
      unexpected);
  }
  return {
    help: given.has('help'),
    listChecks: given.has('list-checks'),
    binary: given.path('binary'),
    baseline: given.path('baseline'),
    contract: given.path('contract'),
    platform: flags.platform.words.find((word) => word === given.text('platform')),
    profile: flags.profile.words.find((word) => word === given.text('profile')) ?? 'full',
    proveRemedy: given.has('prove-remedy'),
    only: inOrder(given.texts('only')),
    temporalAddress: address(given.text('temporal-address')),
    temporalCli: given.path('temporal-cli'),
    services: flags.services.words.find((word) => word === given.text('services')) ?? 'auto',
    reportDir: given.path('report-dir') ?? given.absolute('reports'),
    json: given.has('json'),
    quiet: given.has('quiet'),
    keepRooms: given.has('keep-rooms'),
  };
}

/** Areas and ids of checks, each once, in the order of the suites. */
function inOrder(only: readonly string[]): string[] {
  for (const value of only) {
    if (!isAreaOrCheck(value)) throw new UsageError(`--only: expected one of ${checkedAreas.join(', ')}, or the id of a check such as ` +
      `shutdown.survivors, got ${value}`);
  }
  return checkedAreas.flatMap((area) => [...new Set(only)].filter((value) => value.split('.', 1)[0] === area));
}

/** HOST:PORT as it was given; an IPv6 address stands in brackets. */
function address(given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  const port = Number(/^(?:\[[0-9a-fA-F:.]+\]|[^:\s/[\]]+):(\d{1,5})$/.exec(given)?.[1]);
  if (port >= 1 && port <= 65_535) return given;
  throw new UsageError(`--temporal-address: expected HOST:PORT, for example 127.0.0.1:7233, got ${given}`);
}
