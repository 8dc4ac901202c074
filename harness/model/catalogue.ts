import type { CheckRow, Need, Skip } from './check-row.ts';
import { areas, type Area } from './report.ts';

const contract: readonly Need[] = ['contract'];
const worker: readonly Need[] = ['contract', 'server'];
const listed: readonly Skip[] = ['no contents'];
const compared: readonly Skip[] = ['no contents', 'no baseline'];
const chosen: readonly Skip[] = ['by contract'];
const mb = 1e6;
const s = 1e3;

/** The ids of the checks that follow from a contract's executions and from its variables. */
export const executionId = 'execution.<name>';
export const variableId = 'environment.<NAME>.<case>';

/** Every check in the order of the suites. A new check is one row. */
export const checkRows: readonly CheckRow[] = [
  { id: 'artifact.format', title: 'the file is a whole executable' },
  { id: 'artifact.architecture', title: 'it is built for this platform' },
  {
    id: 'artifact.size', title: 'its size is within the budget', value: 'file size',
    budget: { key: 'sizeMb', unit: 'bytes', factor: mb },
  },
  { id: 'artifact.intact', title: 'every member inflates to what was packed' },
  { id: 'artifact.version', title: 'it prints its version and exits 0', skippable: chosen, act: 'print', gives: 'version' },
  { id: 'artifact.help', title: 'it prints its help and exits 0', skippable: chosen, act: 'print' },

  {
    id: 'bundle.native-architecture', title: 'every library and extension module inside is built for its platforms', skippable: listed,
  },
  {
    id: 'bundle.native-floor', title: 'nothing inside needs a newer system than the contract promises',
    skippable: ['no contents', 'by contract'],
  },
  {
    id: 'bundle.python', title: 'its Python is one that the contract allows, and the baseline\'s', skippable: [
      'no contents', 'by contract',
    ],
  },
  { id: 'bundle.secrets', title: 'no key, token or .env file is frozen in', skippable: listed },
  { id: 'bundle.versions', title: 'the distributions inside are those of the lock file', skippable: compared },
  { id: 'bundle.sources', title: "it was frozen from the working tree's source", skippable: compared },
  { id: 'bundle.modules', title: 'every module that the baseline loads is inside', needs: contract, skippable: compared },
  {
    id: 'bundle.kinds', title: 'every module inside is the kind of module that the baseline loads', needs: contract, skippable: compared,
  },
  { id: 'bundle.data', title: 'every data file that the baseline opens is inside', needs: contract, skippable: compared },
  { id: 'bundle.metadata', title: 'the metadata that the baseline asks for are inside', needs: contract, skippable: compared },
  { id: 'bundle.plugins', title: 'the plugins that the baseline finds are inside', needs: contract, skippable: compared },
  { id: 'bundle.excluded', title: 'no tool for tests, linting or graphics is inside', skippable: listed },

  {
    id: 'startup.ready', title: 'the Temporal server lists it as a poller', needs: worker, act: 'start', key: 'readyMs',
    budget: { key: 'readySeconds', unit: 'ms', factor: s },
  },
  { id: 'startup.clean-log', title: 'it starts without a traceback and without a message of its loader', needs: worker },

  { id: 'registration.pollers', title: 'it polls for every kind of task that it registers', needs: worker },
  { id: 'registration.identity', title: 'the process that polls belongs to this launch', needs: worker },
  { id: 'registration.sole', title: 'nobody else polls the task queue', needs: worker },
  { id: 'registration.types', title: 'it knows every workflow and activity of the contract', needs: worker },
  { id: 'registration.unregistered', title: 'it refuses a type that it does not register, by name', needs: worker },
  {
    id: 'registration.sdk', title: 'it polls with the Temporal SDK of the baseline, where there is one', needs: worker, skippable: chosen,
  },

  { id: executionId, title: '<title>', needs: worker },
  { id: 'execution.every-activity', title: 'every registered activity has run', needs: worker },
  { id: 'execution.concurrent', title: 'executions at the same time do not disturb each other', needs: worker },
  { id: 'execution.failure', title: 'a failing workflow keeps its failure type', needs: worker },

  { id: variableId, title: '<NAME> <promise>', needs: worker, skippable: chosen },
  {
    id: 'environment.secrets', title: 'no secret is seen in logs, histories or files', needs: worker, skippable: ['no secret'],
    closing: true,
  },

  {
    id: 'shutdown.<signal>.parent.idle', title: '<SIGNAL> to the started process ends an idle worker in order', needs: worker, act: 'stop',
    stop: true, atLeastOne: true,
  },
  {
    id: 'shutdown.<signal>.parent.in-flight', title: 'after <SIGNAL> the worker <promise>', needs: worker, act: 'stop', stop: true,
    only: ['sigterm'],
  },
  {
    id: 'shutdown.every-launch', title: 'every healthy launch ends by a promised signal as promised', needs: worker, act: 'stop',
    closing: true,
  },
  { id: 'shutdown.survivors', title: 'no process outlives its launch', needs: worker, closing: true },
  { id: 'shutdown.left-overs', title: 'its folder for temporary files is empty after a stop', needs: worker, closing: true },
  { id: 'shutdown.deregistration', title: 'a stopped worker takes no more tasks', needs: worker, act: 'stop' },

  {
    id: 'performance.version', title: 'its version command is within the time budget', needs: worker, skippable: chosen, value: 'median',
    budget: { key: 'versionSeconds', unit: 'ms', factor: s },
  },
  {
    id: 'performance.ready', title: 'it is ready within the time budget', needs: worker, value: 'median', key: 'readyMs',
    budget: { key: 'readySeconds', unit: 'ms', factor: s },
  },
  {
    id: 'performance.memory', title: 'its memory is within the budget', needs: worker, value: 'median', key: 'memoryBytes',
    budget: { key: 'memoryMb', unit: 'bytes', factor: mb },
  },
  {
    id: 'performance.disk', title: 'its unpacked files are within the disk budget', needs: worker, value: 'median',
    budget: { key: 'diskMb', unit: 'bytes', factor: mb },
  },
];

/** Ids of checks that are to come: no execution of a contract may take one. */
export const reservedIds: readonly string[] = [
  'execution.retry', 'execution.cancel', 'execution.heartbeat', 'execution.large-payload', 'execution.replay', 'execution.tool-environment',
];

/** The area of an id, for example `shutdown` of `shutdown.sigterm.parent.idle`; undefined for an id that no area owns. */
export function areaOf(id: CheckRow['id']): Area;
export function areaOf(id: string): Area | undefined;
export function areaOf(id: string): Area | undefined {
  return areas.find((area) => id.startsWith(`${area}.`));
}

/** The row of a check; undefined for an id that no row gives. A row of exactly that id goes before one that is derived. */
export function rowOf(id: string): CheckRow | undefined {
  return checkRows.find((row) => row.id === id) ?? checkRows.find((row) => isDerived(row) && sameShape(row.id, id));
}

/** Whether a row stands for checks that only a contract can tell. */
export function isDerived({ id }: CheckRow): boolean {
  return id.includes('<');
}

/** A row's id or title with its `<…>` filled in; what has no value stays as it is. */
export function filled(pattern: string, values: Readonly<Record<string, string>>): string {
  return pattern.replace(/<([^>]*)>/g, (whole, name: string) => values[name] ?? whole);
}

function sameShape(pattern: string, id: string): boolean {
  const [parts, given] = [pattern.split('.'), id.split('.')];
  return parts.length === given.length && parts.every(
    (part, index) => part === given[index] || (part.startsWith('<') && given[index] !== ''),
  );
}
