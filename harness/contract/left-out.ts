import { checkRows, filled } from '../model/catalogue.ts';
import type { CheckRow } from '../model/check-row.ts';
import { environmentCases, type EnvironmentCase } from './cases.ts';
import { isOneAtATime } from './one-at-a-time.ts';
import { anyType, isPointer } from './pointers.ts';
import { plansFailure } from './planned-failure.ts';
import { isRepeatable } from './repeatable.ts';
import type { Contract } from './schema.ts';
import { securedOf } from './secured.ts';

/** What beside its contract decides whether a check has anything to judge. */
export type Surroundings = {
  /** The first part of the platform's name. */
  readonly system: string;
  readonly hasBaseline: boolean;
  /** The Temporal server was somebody else's, on which a worker must not be led astray. */
  readonly isForeignServer: boolean;
};

/**
 * The ids of the checks that a contract leaves without anything to judge: it does not have their promise, or names nothing by which it can
 * be seen. Whatever else is not applicable needs another right to it.
 */
export function leftOut(contract: Contract, surroundings: Surroundings): ReadonlySet<string> {
  const unseen = environmentCases(contract, '').filter((one) => isUnseen(one, contract, surroundings)).map(({ id }) => id);
  const rows = checkRows.filter(({ judges }) => judges !== undefined && lacks[judges](contract, surroundings));
  const signals = contract.shutdown.signals.map((signal) => signal.toLowerCase());
  const ids = rows.flatMap(({ id }) => (id.includes('<signal>') ? signals.map((signal) => filled(id, { signal })) : [id]));
  return new Set([...ids, ...unseen]);
}

type Judged = NonNullable<CheckRow['judges']>;

/** Whether a contract leaves it out. */
const lacks: Readonly<Record<Judged, (contract: Contract, surroundings: Surroundings) => boolean>> = {
  'its version command': ({ interface: { version } }) => version === undefined,
  'its help command': ({ interface: { help } }) => help === undefined,
  'the oldest system': ({ bundle: { glibc, macos } }, { system }) => (
    (system === 'linux' ? glibc : system === 'darwin' ? macos : undefined) === undefined
  ),
  'its Python': ({ bundle: { python } }, { hasBaseline }) => python === undefined && !hasBaseline,
  'its SDK': (_, { hasBaseline }) => !hasBaseline,
  'executions beside each other': ({ executions }) => executions.filter(isRepeatable).length < 2
    && executions.every(({ expect, concurrency }) => expect.failure !== undefined || (concurrency !== undefined && concurrency <= 1)),
  'requests to a model': ({ executions }) => executions.every(({ llm }) => llm.length === 0),
  'TLS and an API key': (contract, { isForeignServer }) => isForeignServer || securedOf(contract) === undefined,
  activities: ({ registers, shutdown }) => registers.activities.length === 0 || shutdown.inFlight === 'none',
  failures: ({ executions }) => !executions.some(plansFailure),
  workflows: ({ registers }) => registers.workflows.length === 0,
  // Versions of a deployment keep their work.
  'work that moves': ({ registers, temporal: { deployment } }) => registers.workflows.length === 0 || deployment !== undefined,
  'two versions at once': (contract) => (
    contract.registers.workflows.length === 0 || contract.temporal.deployment === undefined || isOneAtATime(contract)
  ),
  'its deployment': ({ temporal: { deployment } }) => deployment === undefined,
  'types by name': ({ temporal: { taskQueues } }) => taskQueues.every(({ workflows, activities }) => (
    [workflows, activities].every((types) => types.length === 0 || types.includes(anyType))
  )),
  'the time of executions': ({ regression: { throughputPercent } }) => throughputPercent === undefined,
  'what a variable shows': () => false, // case by case
};

function isUnseen(one: EnvironmentCase, contract: Contract, { isForeignServer }: Surroundings): boolean {
  if (one.kind === 'honoured-service') return false;
  if (one.kind === 'honoured') return one.reach === undefined;
  if (isForeignServer && isPointer(contract, one.name)) return true;
  return one.kind === 'default' && (one.reach === undefined || (one.reach.at === 'poller' && one.reach.field === 'address'));
}
