import { isGrpcServiceError, type Client } from '@temporalio/client';
import { CouldNotJudge } from '../model/errors.ts';
import { decodePayloads, type AnyClient, type Bare } from './codec.ts';

/** One run of a workflow that has ended. */
export type ClosedRun = { readonly workflowId: string; readonly runId: string; readonly type: string };

/**
 * What a worker made of a query about a closed run, for which it replays the whole history. `refused`: it answered with a failure, which
 * may be about the query or about the replay.
 */
export type Replay =
  | { readonly kind: 'replayed'; readonly payloads: readonly Bare[] }
  | { readonly kind: 'differs' | 'refused'; readonly text: string };

/** What SDKs on the Rust core, and Go's, say when a replay does not come to the commands of the history. */
const mismatch = /TMPRL1100|non-?deterministic|nondeterminism/i;

/** Whether a failure that an SDK gave says so. */
export function isMismatch(text: string): boolean {
  return mismatch.test(text);
}

/** SDKs whose workers answer a query about a closed run only after its replay came to the commands of the history. */
const onRustCore = ['temporal-python', 'temporal-typescript', 'temporal-dotnet', 'temporal-ruby'];

/** Whether a query about a closed run shows a mismatch: a worker in Go answers as if all were well, others were never tried. */
export function tellsByQuery(sdk: string): boolean {
  return onRustCore.includes(sdk);
}

/** More than these are not asked about; a task queue has so many after an endurance. */
const atMost = 300;

/** The runs of a task queue that ended by themselves, newest first. */
export async function closedRuns(client: Client, taskQueue: string): Promise<ClosedRun[]> {
  const ended = ['Completed', 'Failed', 'Canceled', 'ContinuedAsNew'].map((status) => `"${status}"`).join(', ');
  const { executions } = await client.workflowService.listWorkflowExecutions({
    namespace: client.options.namespace, pageSize: atMost, query: `TaskQueue = "${taskQueue}" AND ExecutionStatus IN (${ended})`,
  });
  return executions.map(({ execution, type }) => (
    { workflowId: execution?.workflowId ?? '', runId: execution?.runId ?? '', type: type?.name ?? '' }
  ));
}

/** gRPC's codes: INVALID_ARGUMENT is the worker's failure, handed on; with DEADLINE_EXCEEDED and FAILED_PRECONDITION no worker answered. */
const [fromWorker, fromNobody] = [3, [4, 9]];

/** Asks whoever polls the run's queue a query, by its name. @throws {CouldNotJudge} when no worker answers. */
export async function ask(client: AnyClient, { workflowId, runId, type }: ClosedRun, queryType: string): Promise<Replay> {
  const request = { namespace: client.options.namespace, execution: { workflowId, runId }, query: { queryType } };
  try {
    const { queryResult } = await client.workflowService.queryWorkflow(request);
    return { kind: 'replayed', payloads: await decodePayloads(client, queryResult?.payloads ?? []) };
  } catch (error) {
    if (!isGrpcServiceError(error)) throw error;
    const { details: text } = error;
    const code: number = error.code;
    if (fromNobody.includes(code)) {
      throw new CouldNotJudge(`nobody answers a query about a closed workflow ${type}: ${text}`, { cause: error });
    }
    if (code !== fromWorker) throw error;
    return { kind: isMismatch(text) ? 'differs' : 'refused', text };
  }
}

/** Every SDK answers these; the second one in JSON, with the queries that the workflow declares. */
export const stackTrace = '__stack_trace';
export const metadata = '__temporal_workflow_metadata';

/** The queries that a workflow declares, by its answer to the query for its metadata. */
export function declaredQueries(replay: Replay): string[] {
  return declared(replay, 'queryDefinitions');
}

/** Likewise the signals and updates that it handles. */
export function declaredMessages(replay: Replay): string[] {
  return [...declared(replay, 'signalDefinitions'), ...declared(replay, 'updateDefinitions')];
}

function declared(replay: Replay, kind: string): string[] {
  if (replay.kind !== 'replayed') return [];
  const told: unknown = readJson(replay.payloads[0]);
  const { definition } = (told ?? {}) as { definition?: Readonly<Record<string, readonly { name?: unknown }[] | undefined>> };
  const names = (definition?.[kind] ?? []).flatMap(({ name }) => (typeof name === 'string' ? name : []));
  return names.filter((name) => !name.startsWith('__'));
}

/**
 * An answer as text that can be compared; undefined for what cannot: a failure, and bytes that a codec made, which may differ each time.
 * `unordered` lets lists be in any order, as a set is in another process.
 */
export function answerText(replay: Replay, how: 'ordered' | 'unordered'): string | undefined {
  if (replay.kind !== 'replayed') return undefined;
  const values = replay.payloads.map((payload) => readJson(payload));
  return values.length !== 1 || values[0] === undefined ? undefined : JSON.stringify(sorted(values[0], how));
}

function readJson({ metadata: about, data }: Bare = {}): unknown {
  const encoding = new TextDecoder().decode(about?.['encoding'] ?? undefined);
  if (encoding === 'binary/null') return null;
  return encoding.startsWith('json/') && data ? JSON.parse(new TextDecoder().decode(data)) : undefined;
}

/** Keys, and with `unordered` the items of lists, in an order that is always the same. */
function sorted(value: unknown, how: 'ordered' | 'unordered'): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => sorted(item, how));
    return how === 'ordered' ? items : items.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b), 'en'));
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => a.localeCompare(b, 'en'));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item, how)]));
}
