import { availableParallelism } from 'node:os';
import { CouldNotJudge } from '../../model/errors.ts';
import { useBetween } from '../../system/cpu/cpu-use.ts';
import type { Stretch } from '../../system/wait.ts';
import type { Ending } from '../../temporal/execute.ts';
import { activityRuns } from '../../temporal/history.ts';
import type { Actor, Plan } from '../actor.ts';
import { drive } from '../drive.ts';
import { compare } from '../expectation.ts';

/**
 * The executions that are repeated: of those that complete the fewest in which everything has a part that has one in any, the cheapest
 * first. A worker that only does what is cheap would hide what leaks elsewhere.
 * @throws {CouldNotJudge} where one of them does not go well alone, and where the contract has none.
 */
export async function loadOf(worker: Actor, plans: readonly Plan[]): Promise<readonly Plan[]> {
  const able: Candidate[] = [];
  for (const plan of plans.filter(({ expect }) => expect.failure === undefined)) {
    const execution = await drive(worker, plan);
    // What is left without it may not be what a worker does all day: a thread that is prepared and never cleaned up, for example.
    if (compare(plan, execution) !== undefined) throw new CouldNotJudge(`"${plan.name}" does not go well alone: see its own check`);
    const types = activityRuns(execution.events).map(({ type }) => type);
    const parts = new Set(plan.workflow === undefined ? types : [plan.workflow, ...types]);
    able.push({ plan, parts, cost: execution.events.length + 10 * plan.llm.length });
  }
  const chosen = fewest(able);
  if (chosen.length > 0) return chosen;
  throw new CouldNotJudge('the contract has no execution that is expected to complete, so none can be repeated');
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
