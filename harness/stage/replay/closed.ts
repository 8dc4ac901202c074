import { CouldNotJudge } from '../../model/errors.ts';
import { sdkOf, type HistoryEvent, type Sdk } from '../../temporal/history.ts';
import { closedRuns, type ClosedRun } from '../../temporal/replay.ts';
import type { Actor, Plan } from '../actor.ts';
import { drive, drivenOn } from '../drive.ts';
import type { Launches } from '../launches.ts';

/** A closed run with the name of the execution of the contract that it was; a child of one, or a part of a chain, has none. */
export type Closed = ClosedRun & { readonly plan: string | undefined };

/** A launch that has worked and ended, with all that it brought to an end. */
export type Past = { readonly actor: Actor; readonly runs: readonly Closed[]; readonly sdk: Sdk | undefined };

/**
 * The shared launch, after it has ended, on which each of these executions was driven. Driven again is only what a retired one lacks.
 * @throws {CouldNotJudge} when none of them came to its end.
 */
export async function past(all: Launches, plans: readonly Plan[]): Promise<Past> {
  const { first } = all;
  const actor = first && plans.every(({ name }) => drivenOn(first).has(name)) ? first : await all.worker();
  const driven = [];
  for (const plan of plans) {
    const execution = await drive(actor, plan).catch(() => undefined); // its own check is told
    if (execution !== undefined) driven.push({ plan, execution });
  }
  await all.retire(actor);
  const known = driven.flatMap(({ plan, execution: { ending, events } }) => {
    const run = ending.kind === 'stuck' ? undefined : runOf(events);
    return run === undefined ? [] : [{ ...run, plan: plan.name }];
  });
  if (known.length === 0) throw new CouldNotJudge('no workflow of the contract came to its end: see its own check');
  const listed = (await Promise.all(actor.post.taskQueues.map(({ taskQueue }) => closedRuns(actor.client, taskQueue)))).flat();
  const fresh = listed.filter(({ workflowId }) => !actor.repeated.has(workflowId));
  const others = fresh.filter(({ runId }) => !known.some((run) => run.runId === runId));
  const runs = [...known, ...others.map((run) => ({ ...run, plan: undefined }))];
  return { actor, runs, sdk: driven.map(({ execution }) => sdkOf(execution.events)).find((sdk) => sdk !== undefined) };
}

/** The run that a history is of; undefined for a history without its beginning. */
export function runOf([first]: readonly HistoryEvent[]): ClosedRun | undefined {
  const { workflowId, originalExecutionRunId: runId, workflowType } = first?.workflowExecutionStartedEventAttributes ?? {};
  return workflowId && runId ? { workflowId, runId, type: workflowType?.name ?? '' } : undefined;
}
