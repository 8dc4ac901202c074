import type { CpuUse } from '../system/cpu/cpu-use.ts';
import { decodeEvents } from '../temporal/codec.ts';
import { faultsOf, type Fault } from '../temporal/faults.ts';
import type { ListedRun } from '../temporal/histories.ts';
import type { HistoryEvent } from '../temporal/history.ts';
import { sharesQueue } from '../temporal/post.ts';
import type { Actor, Done, Plan } from './actor.ts';
import { compare } from './expectation.ts';

/** One run of a workflow, whose work it was, and what was tried again in it. */
export type Judged = {
  readonly actor: Actor;
  /** What began it, for a run of an execution of the contract; a worker may begin workflows too. */
  readonly plan: Plan | undefined;
  readonly done: Done | undefined;
  /** What its worker waited for a CPU meanwhile, where that is known. */
  readonly use: CpuUse | undefined;
  readonly rootId: string;
  readonly events: readonly HistoryEvent[];
  readonly faults: readonly Fault[];
};

/** Every history of these launches that says something about them, and how many do not because the harness disturbed their worker. */
export type Histories = { readonly judged: readonly Judged[]; readonly disturbed: number };

/**
 * Reads every history of the launches: those of the executions, of their children and of what a worker began itself. Left out is what was
 * open when the harness signalled a worker of its task queue, what the harness tried without knowing how it ends, and what did not end as
 * the contract expects, which its own check tells.
 */
export async function readHistories(all: readonly Actor[], wholeNamespaces: boolean): Promise<Histories> {
  const judged: Judged[] = [];
  let disturbed = 0;
  const sites = Map.groupBy(all, ({ site: { server, namespace } }) => `${server.address} ${namespace}`);
  const listed = await Promise.all([...sites.values()].map(async (there) => (
    ((await there[0]?.site.runs()) ?? []).map((kept) => ({ there, ...kept }))
  )));
  for (const { there, run, events: read } of listed.flat()) {
    const owner = there.find(({ started }) => started.has(run.rootId));
    const actor = owner ?? (wholeNamespaces ? there[0] : undefined);
    const plan = owner?.started.get(run.rootId);
    if (actor === undefined || (owner !== undefined && plan === undefined)) continue;
    const peers = there.filter(({ post }) => owner === undefined || sharesQueue(post, owner.post));
    if (isDisturbed(run, peers)) {
      disturbed += 1;
      continue;
    }
    const done = peers.flatMap(({ executions }) => executions).find(({ workflowId }) => workflowId === run.rootId);
    if (run.toMs === Infinity || (plan && done && compare(plan, done) !== undefined)) continue;
    const events = done && run.workflowId === run.rootId && runIdOf(done.events) === run.runId
      ? done.events : await read();
    // The harness hosts the workflow that calls an activity or an operation: its tasks are no worker's.
    const hosted = plan !== undefined && plan.workflow === undefined && run.workflowId === run.rootId;
    const faults = faultsOf(await decodeEvents(actor.client, events)).filter(({ what }) => !hosted || what !== 'workflow task')
      // It answers activities in others' place, too: that it did so late is no worker's fault either.
      .filter(({ what, type, late }) => what !== 'activity' || !late || !Object.hasOwn(plan?.activities ?? {}, type));
    judged.push({ actor, plan, done, use: done?.use ?? actor.uses.get(run.rootId), rootId: run.rootId, events, faults });
  }
  return { judged, disturbed };
}

const runIdOf = ([first]: readonly HistoryEvent[]): string | null | undefined =>
  first?.workflowExecutionStartedEventAttributes?.originalExecutionRunId;

const isDisturbed = ({ fromMs, toMs }: ListedRun, peers: readonly Actor[]): boolean => (
  peers.some(({ launch }) => launch.told.some(({ atEpochMs }) => atEpochMs >= fromMs && atEpochMs <= toMs))
);
