import { availableParallelism } from 'node:os';
import { isRepeatable } from '../../contract/repeatable.ts';
import { CouldNotJudge } from '../../model/errors.ts';
import { useBetween } from '../../system/cpu/cpu-use.ts';
import type { Stretch } from '../../system/wait.ts';
import type { Ending } from '../../temporal/execute.ts';
import { familyOf } from '../../temporal/family.ts';
import { activityRuns, type HistoryEvent } from '../../temporal/history.ts';
import { localRuns } from '../../temporal/local-activities.ts';
import type { Actor, Plan } from '../actor.ts';
import { wentWell } from '../drive.ts';
import { endsWell } from '../plan.ts';

/** The executions that are repeated, and why others are not, of which nobody knows what a worker does with them all day. */
export type Load = { readonly plans: readonly Plan[]; readonly left: readonly string[] };

/**
 * The executions that are repeated: of those that complete the fewest in which everything has a part that has one in any, the cheapest
 * first. A worker that only does what is cheap would hide what leaks elsewhere.
 * @throws {CouldNotJudge} where none of the contract can be repeated.
 */
export async function loadOf(worker: Actor, plans: readonly Plan[]): Promise<Load> {
  const able: Candidate[] = [];
  const left: string[] = [];
  for (const plan of plans.filter(endsWell)) {
    const execution = isRepeatable(plan) ? await wentWell(worker, plan) : undefined;
    if (execution === undefined) {
      left.push(`"${plan.name}" ${isRepeatable(plan) ? 'does not go well alone' : 'never runs beside itself and has no {n} in its input'}`);
      continue;
    }
    const family = await familyOf(worker.client, execution.events);
    const parts = new Set(family.flatMap((events) => typesIn(events, plan)));
    able.push({ plan, parts, cost: family.flat().length + 10 * plan.llm.length });
  }
  const chosen = fewest(able);
  if (chosen.length > 0) return { plans: chosen, left };
  throw new CouldNotJudge(left.length > 0 ? `none can be repeated: ${left.join('; ')}`
    : 'the contract has no execution that is expected to complete, so none can be repeated');
}

/** The types of a history's workflow, unless that is the harness's own, and of its activities. */
function typesIn(events: readonly HistoryEvent[], plan: Plan): string[] {
  const workflow = plan.workflow && events[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name;
  return [...(workflow ? [workflow] : []), ...[...activityRuns(events), ...localRuns(events)].map(({ type }) => type)];
}

type Candidate = { readonly plan: Plan; readonly parts: ReadonlySet<string>; readonly cost: number };

/** Takes what adds most, of those that add as much the cheapest, until nothing adds anything. */
export function fewest(candidates: readonly Candidate[]): Plan[] {
  const seen = new Set<string>();
  const chosen: Plan[] = [];
  for (;;) {
    const adds = ({ parts }: Candidate): number => [...parts].filter((part) => !seen.has(part)).length;
    const [best] = candidates.toSorted((a, b) => adds(b) - adds(a) || a.cost - b.cost);
    if (best === undefined || adds(best) === 0) return chosen;
    for (const part of best.parts) seen.add(part);
    chosen.push(best.plan);
  }
}

/** Where nearly all of the machine was busy, server and harness had to wait too, and whose fault a delay is nobody knows. */
const crowdedShare = 0.9;

/** For a wait that begins now: what of it does not count, because the worker, or everybody, waited for a CPU. */
function crowded(cpu: Actor['launch']['cpu']): () => Stretch {
  const [from, own] = [cpu.sample(), cpu.stretch()];
  return () => {
    const { elapsedMs, usedMs, othersCores } = useBetween(from, cpu.sample('when due'));
    const busy = othersCores + usedMs / Math.max(1, elapsedMs);
    return busy < crowdedShare * availableParallelism() ? own() : { ms: elapsedMs, why: 'all of the machine was busy meanwhile' };
  };
}

/** One execution of many, by the id under which the worker's log may name it. */
export type Done = { readonly workflowId: string; readonly plan: Plan; readonly ending: Ending };

/** Runs an execution so many times, all at once, and waits for every end. */
export async function batch(actor: Actor, plan: Plan, size: number): Promise<Done[]> {
  const [stretch, from] = [crowded(actor.launch.cpu), actor.launch.cpu.sample()];
  const handles = await Promise.all(Array.from({ length: size }, () => actor.begin(plan, { by: 'turn' })));
  for (const { workflowId } of handles) actor.repeated.add(workflowId);
  const done = await Promise.all(handles.map(async (handle) => (
    { workflowId: handle.workflowId, plan: handle.plan, ending: await actor.ending(handle, stretch) }
  )));
  const use = useBetween(from, actor.launch.cpu.sample());
  for (const { workflowId } of handles) actor.uses.set(workflowId, use);
  return done;
}
