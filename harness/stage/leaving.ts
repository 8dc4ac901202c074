import { waitFor } from '../system/wait.ts';
import { activityRuns, eventsOf, historyText, workflowTaskIdentities, type HistoryEvent } from '../temporal/history.ts';
import type { Execution } from '../temporal/execute.ts';
import { listWorkers, type ListedWorker } from '../temporal/list-workers.ts';
import { pidsIn } from '../temporal/pollers.ts';
import type { Plan } from './actor.ts';
import { overlapping } from './overlap.ts';
import type { Stage } from './stage.ts';

/** What happened to a task that came when the worker had already been told to stop. */
export type Leaving = {
  /** Who took tasks of the execution. */
  readonly takers: readonly string[];
  readonly takenByLeaver: boolean;
  /** The history of the task before the next launch was started. */
  readonly before: string;
  /** How the next launch did the task; undefined when the leaving worker had taken it. */
  readonly afterwards: Execution | undefined;
  /** What the server's ListWorkers said of the leaving worker, where it has that. */
  readonly status: ListedWorker['status'] | undefined;
};

/** How long to wait for the server to hear of the stop, and for the leaving worker to take the task if it still polls. */
const stopBeganMs = 2_000;
const offeredMs = 1_500;

function takersOf(events: readonly HistoryEvent[]): string[] {
  const identities = [...workflowTaskIdentities(events), ...activityRuns(events).map((run) => run.identity)];
  return [...new Set(identities)].filter((identity) => identity !== '');
}

/** Stops a worker with an activity in flight, enqueues another execution, and starts the next worker on the same queue. */
export async function watchLeaving(stage: Stage, plan: Plan, signal: AbortSignal): Promise<Leaving> {
  return overlapping(async () => {
    const leaver = await stage.launch();
    try {
      await leaver.ready(signal);
      leaver.llm.hold();
      const held = await leaver.begin(plan);
      await leaver.waitUntilInFlight(held, plan, signal);
      const members = leaver.launch.alive().map((entry) => entry.pid);
      const isLeaver = (identity: string): boolean => pidsIn(identity).some((pid) => members.includes(pid));
      leaver.launch.signal('SIGTERM');
      const statusOf = async () => (
        await listWorkers(stage.connection, leaver.post.namespace, leaver.post.taskQueue)
      )?.find((entry) => isLeaver(entry.identity))?.status;
      const leaves = async () => ((await statusOf()) ?? 'running') !== 'running' || leaver.launch.exit !== undefined || undefined;
      await waitFor('the server to hear of the stop', leaves, { deadlineMs: stopBeganMs, everyMs: 50, signal }).catch(() => {});
      const status = await statusOf();
      const late = await leaver.begin(plan);
      await leaver.launch.waitForExit(offeredMs);
      const events = await eventsOf(late);
      leaver.llm.release();
      await leaver.launch.waitForExit((stage.run.contract?.shutdown.withinSeconds ?? 15) * 1_000);
      await leaver.dispose();
      const takenEarly = takersOf(events).some(isLeaver);
      const next = takenEarly ? undefined : await stage.launch({ after: leaver });
      try {
        next?.llm.script(plan.llm, 'turn');
        await next?.host(plan);
        await next?.ready(signal);
        const afterwards = await next?.finish(late, signal);
        await held.terminate('the stop has been seen').catch(() => {});
        // An activity that is still open shows its taker only once it is closed.
        const takers = takersOf([...events, ...(afterwards?.events ?? [])]);
        return { takers, takenByLeaver: takers.some(isLeaver), before: historyText(events), afterwards, status };
      } finally {
        await next?.dispose();
      }
    } finally {
      await leaver.dispose();
    }
  });
}
