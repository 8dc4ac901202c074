import type { Area } from '../model/report.ts';
import { environmentCases, type EnvironmentCase } from './cases.ts';
import type { Contract } from './schema.ts';
import { slug } from './slug.ts';

/** The areas that have checks, in the order of the suites. */
export const checkedAreas = [
  'artifact', 'bundle', 'startup', 'registration', 'execution', 'environment', 'shutdown', 'performance',
] as const satisfies readonly Area[];

/** A check before it has run: its stable id, what it promises, and what it cannot do without. */
export type CheckSpec = {
  readonly id: string;
  readonly area: Area;
  /** A short sentence that is true when the check passes. */
  readonly title: string;
  readonly needs: readonly ('contract' | 'baseline')[];
};

/**
 * Every check in the order of the suites. Without a contract the checks that derive from one are left out,
 * and those that merely need one are listed, so that a report can say what was not verified.
 */
export function catalogue(contract: Contract | undefined): readonly CheckSpec[] {
  return [
    ...artifact(), ...bundle(), ...startup(), ...registration(), ...execution(contract), ...environment(contract), ...shutdown(contract),
    ...performance(),
  ];
}

function check(area: Area, name: string, title: string, ...needs: CheckSpec['needs']): CheckSpec {
  return { id: `${area}.${name}`, area, title, needs };
}

const artifact = () => [
  check('artifact', 'format', 'the file is a whole executable'),
  check('artifact', 'architecture', 'it is built for this platform'),
  check('artifact', 'size', 'its size is within the budget'),
  check('artifact', 'intact', 'every member inflates to what was packed'),
  check('artifact', 'version', 'it prints its version and exits 0'),
  check('artifact', 'help', 'it prints its help and exits 0'),
];

const bundle = () => [
  check('bundle', 'native-architecture', 'every library and extension module inside is built for its platforms'),
  check('bundle', 'native-floor', 'nothing inside needs a newer system than the contract promises'),
  check('bundle', 'python', 'its Python is one that the contract allows, and the baseline\'s'),
  check('bundle', 'secrets', 'no key, token or .env file is frozen in'),
  check('bundle', 'versions', 'the distributions inside are those of the lock file'),
  check('bundle', 'sources', "it was frozen from the working tree's source"),
  check('bundle', 'modules', 'every module that the baseline loads is inside', 'contract'),
  check('bundle', 'kinds', 'every module inside is the kind of module that the baseline loads', 'contract'),
  check('bundle', 'data', 'every data file that the baseline opens is inside', 'contract'),
  check('bundle', 'metadata', 'the metadata that the baseline asks for are inside', 'contract'),
  check('bundle', 'plugins', 'the plugins that the baseline finds are inside', 'contract'),
  check('bundle', 'excluded', 'no tool for tests, linting or graphics is inside'),
];

const startup = () => [
  check('startup', 'ready', 'the Temporal server lists it as a poller', 'contract'),
  check('startup', 'clean-log', 'it starts without a traceback and without a message of the bootloader', 'contract'),
];

const registration = () => [
  check('registration', 'pollers', 'it polls for every kind of task that it registers', 'contract'),
  check('registration', 'identity', 'the process that polls belongs to this launch', 'contract'),
  check('registration', 'sole', 'nobody else polls the task queue', 'contract'),
  check('registration', 'types', 'it knows every workflow and activity of the contract', 'contract'),
  check('registration', 'unregistered', 'it refuses a type that it does not register, by name', 'contract'),
  check('registration', 'sdk', 'it polls with the Temporal SDK of the baseline, where there is one', 'contract'),
];

const execution = (contract: Contract | undefined) => [
  ...(contract?.executions ?? []).map(({ name }) => check('execution', slug(name), name, 'contract')),
  check('execution', 'every-activity', 'every registered activity has run', 'contract'),
  check('execution', 'concurrent', 'executions at the same time do not disturb each other', 'contract'),
  check('execution', 'failure', 'a failing workflow keeps its failure type', 'contract'),
];

const environment = (contract: Contract | undefined) => [
  ...(contract === undefined ? [] : environmentCases(contract, '')).map(
    (derived) => check('environment', derived.id.slice('environment.'.length), caseTitle(derived), 'contract'),
  ),
  check('environment', 'secrets', 'no secret is seen in logs, histories or files', 'contract'),
];

const shutdown = (contract: Contract | undefined, signals = contract?.shutdown.signals ?? ['SIGTERM', 'SIGINT']) => [
  ...signals.map((signal) =>
    check('shutdown', `${signal.toLowerCase()}.parent.idle`, `${signal} to the started process ends an idle worker in order`, 'contract'),
  ),
  ...(signals.includes('SIGTERM') ? [check('shutdown', 'sigterm.parent.in-flight', inFlightTitle(contract), 'contract')] : []),
  check('shutdown', 'every-launch', 'every healthy launch ends by a promised signal as promised', 'contract'),
  check('shutdown', 'survivors', 'no process outlives its launch', 'contract'),
  check('shutdown', 'left-overs', 'its folder for temporary files is empty after a stop', 'contract'),
  check('shutdown', 'deregistration', 'a stopped worker takes no more tasks', 'contract'),
];

const performance = () => [
  check('performance', 'version', 'its version command is within the time budget', 'contract'),
  check('performance', 'ready', 'it is ready within the time budget', 'contract'),
  check('performance', 'memory', 'its memory is within the budget', 'contract'),
  check('performance', 'disk', 'its unpacked files are within the disk budget', 'contract'),
];

function inFlightTitle(contract: Contract | undefined): string {
  const kept = contract?.shutdown.inFlight === 'retry' ? 'gives work in flight back, to be done elsewhere' : 'finishes work in flight';
  return `after SIGTERM the worker ${kept}`;
}

function caseTitle(derived: EnvironmentCase): string {
  const titles = {
    honoured: 'is honoured',
    'honoured-service': 'is honoured',
    default: 'has its default when it is not set',
    missing: 'is asked for by name when it is missing',
    invalid: 'is refused by name when its value is invalid',
  } satisfies Record<EnvironmentCase['kind'], string>;
  return `${derived.name} ${titles[derived.kind]}`;
}
