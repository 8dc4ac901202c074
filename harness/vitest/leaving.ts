import { activityRuns, eventsOf, historyText, workflowTaskIdentities } from '../temporal/history.ts';
import type { Execution } from '../temporal/execute.ts';
import { listWorkers, type ListedWorker } from '../temporal/list-workers.ts';
import { pidsIn } from '../temporal/pollers.ts';
import type { Plan } from './actor.ts';
import { overlapping } from './overlap.ts';
import type { Stage } from './stage.ts';

/** What happened to a task that came when the worker had already been told to stop. */
export type Leaving = {
  /** Who took the task before the next launch was started. */
  readonly takers: readonly string[];
  readonly takenByLeaver: boolean;
  /** The history of the task before the next launch was started. */
  readonly before: string;
  /** How the next launch did the task; undefined when the leaving worker had taken it. */
  readonly afterwards: Execution | undefined;
  /** What the server's ListWorkers said of the leaving worker, where it has that. */
  readonly status: ListedWorker['status'] | undefined;
};

/** Time for the stop to begin before the task is enqueued, and for the leaving worker to take it if it still polls. */
const stopBeganMs = 500;
const offeredMs = 1_500;

/** Stops a worker with an activity in flight, enqueues another execution, and starts the next worker on the same queue. */
export async function watchLeaving(stage: Stage, plan: Plan, signal: AbortSignal): Promise<Leaving> {
  return overlapping(async () => {
    const leaver = await stage.launch();
    try {
      await leaver.ready(signal);
      leaver.llm.hold();
      const held = await leaver.begin(plan);
      await leaver.waitUntilHeld(signal);
      const members = leaver.launch.alive().map((entry) => entry.pid);
      const isLeaver = (identity: string): boolean => pidsIn(identity).some((pid) => members.includes(pid));
      leaver.launch.signal('SIGTERM');
      await leaver.launch.waitForExit(stopBeganMs);
      const listed = await listWorkers(stage.connection, leaver.post.namespace, leaver.post.taskQueue);
      const late = await leaver.begin(plan);
      await leaver.launch.waitForExit(offeredMs);
      const events = await eventsOf(late);
      leaver.llm.release();
      await leaver.launch.waitForExit((stage.run.contract?.shutdown.withinSeconds ?? 15) * 1_000);
      await leaver.dispose();
      const takers = [...workflowTaskIdentities(events), ...activityRuns(events).map((run) => run.identity)].filter((identity) => identity !== '');
      const takenByLeaver = takers.some(isLeaver);
      const status = listed?.find((entry) => isLeaver(entry.identity))?.status;
      const next = takenByLeaver ? undefined : await stage.launch({ after: leaver });
      try {
        next?.llm.script(plan.llm, 'turn');
        await next?.host(plan);
        await next?.ready(signal);
        const afterwards = await next?.finish(late, signal);
        await held.terminate('the stop has been seen').catch(() => {});
        return { takers, takenByLeaver, before: historyText(events), afterwards, status };
      } finally {
        await next?.dispose();
      }
    } finally {
      await leaver.dispose();
    }
  });
}
