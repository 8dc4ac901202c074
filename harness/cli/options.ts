import { resolve } from 'node:path';
import { UsageError } from '../model/errors.ts';
import { areas, type Area } from '../model/report.ts';
import { flags, type FlagName } from './flags.ts';
import { readFlags } from './read-flags.ts';

/** What the command line asks for; every path is absolute. */
export type Options = {
  /** Show the help and do nothing; the other options then say nothing. */
  readonly help: boolean;
  /** List the checks and do nothing else. */
  readonly listChecks: boolean;
  /** The subject; default: the reference agent-runner. */
  readonly binary: string | undefined;
  /** The folder of the baseline's source. */
  readonly baseline: string | undefined;
  /** The contract's file; default: found by findContract. */
  readonly contract: string | undefined;
  /** Default: full. */
  readonly profile: Profile;
  /** Try the remedies of the findings on a copy of the baseline's project. */
  readonly proveRemedy: boolean;
  /** The areas to run, in the order of the suites, each once; empty for all. */
  readonly only: readonly Area[];
  /** Host and port of a running server; default: a dev server of our own. */
  readonly temporalAddress: string | undefined;
  /** The temporal CLI for the dev server; default: found or fetched. */
  readonly temporalCli: string | undefined;
  /** Default: auto. */
  readonly services: ServiceKind;
  /** Default: the folder `reports` where the user stands. */
  readonly reportDir: string;
  /** The report as JSON on stdout. */
  readonly json: boolean;
  /** No progress and no passed checks on stderr. */
  readonly quiet: boolean;
  /** Keep the launches' folders. */
  readonly keepRooms: boolean;
};

/** How much is verified. */
export type Profile = (typeof flags.profile.words)[number];

/** Where the services of a worker come from. */
export type ServiceKind = (typeof flags.services.words)[number];

/**
 * Reads the command line (without node and script). Throws a UsageError of one sentence for anything that is wrong in it;
 * beside `--help` nothing is wrong. Paths count from where the user stands: INIT_CWD under npm, which changes the working directory
 * (`npm --prefix`), else `cwd`. Messages show `line`, the words before the options.
 */
export function parseOptions(argv: readonly string[], env: NodeJS.ProcessEnv, cwd: string = process.cwd(), line = 'npm test --'): Options {
  const values = readFlags(argv, env, line);
  const base = (env['npm_lifecycle_event'] !== undefined && env['INIT_CWD']) || cwd;
  const text = (name: FlagName) => values.get(name)?.[0];
  const path = (name: FlagName) => {
    const given = text(name);
    return given === undefined ? undefined : resolve(base, given);
  };
  const only = new Set<string>(values.get('only'));
  return {
    help: values.has('help'),
    listChecks: values.has('list-checks'),
    binary: path('binary'),
    baseline: path('baseline'),
    contract: path('contract'),
    profile: flags.profile.words.find((word) => word === text('profile')) ?? 'full',
    proveRemedy: values.has('prove-remedy'),
    only: areas.filter((area) => only.has(area)),
    temporalAddress: address(text('temporal-address')),
    temporalCli: path('temporal-cli'),
    services: flags.services.words.find((word) => word === text('services')) ?? 'auto',
    reportDir: path('report-dir') ?? resolve(base, 'reports'),
    json: values.has('json'),
    quiet: values.has('quiet'),
    keepRooms: values.has('keep-rooms'),
  };
}

/** HOST:PORT as it was given; an IPv6 address stands in brackets. */
function address(given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  const port = Number(/^(?:\[[0-9a-fA-F:.]+\]|[^:\s/[\]]+):(\d{1,5})$/.exec(given)?.[1]);
  if (port >= 1 && port <= 65_535) return given;
  throw new UsageError(`--temporal-address: expected HOST:PORT, for example 127.0.0.1:7233, got ${given}`);
}
