import { cameWithin } from '../system/wait.ts';
import { eventsOf, historyText, takersOf, type HistoryEvent } from '../temporal/history.ts';
import { pidsIn, type ListedWorker } from '../temporal/pollers.ts';
import { isPosted } from '../temporal/post.ts';
import type { Actor, Begun, Done, Plan } from './actor.ts';
import { endings } from './endings.ts';
import { held } from './held.ts';
import { stopInFlight } from './in-flight.ts';
import { launches } from './launches.ts';
import type { Held } from './plan.ts';
import { fixture, type Scope } from './scope.ts';
import type { Stop } from './stop.ts';
import { turns } from './turns.ts';

/** What happened to a task that came when the worker had already been told to stop. */
export type Leaving = {
  readonly plan: Plan;
  readonly stop: Stop;
  /** Who took tasks of the execution. */
  readonly takers: readonly string[];
  /** How many tasks in a row the leaving worker has taken. */
  readonly takenByLeaver: number;
  /** The history of the task before the next launch was started. */
  readonly before: string;
  /** How the next launch did the task; undefined when the leaving worker had taken it. */
  readonly afterwards: Done | undefined;
  /** What the server's ListWorkers said of the leaving worker, where it has that. */
  readonly status: ListedWorker['status'] | undefined;
};

/** The task that came when the worker was leaving, and what was seen of both until it let go. */
type Offered = Pick<Leaving, 'status'> & {
  readonly late: Begun; readonly events: readonly HistoryEvent[]; readonly taken: number;
};

/**
 * A poll that was open at the stop may still take a task, with some SDKs one for each of their pollers; what comes after those goes only to
 * a worker that goes on polling.
 */
const offers = 4;

/** How long to wait for the server to hear of the stop, and for the leaving worker to take the task if it still polls. */
const stopBeganMs = 2_000;
const offeredMs = 1_500;

/** Stops a worker with an activity in flight, enqueues another execution, and starts the next worker on the same queue; once a run. */
export const leaving = fixture('leaving', async (scope): Promise<Leaving> => {
  const own = await scope.use(held);
  return (await scope.use(turns))(() => watch(scope, own));
});

/** Enqueues executions, one after the other, until one is not taken by the worker that leaves, or it is gone. */
async function offer(leaver: Actor, plan: Plan, isLeaver: (identity: string) => boolean): Promise<Omit<Offered, 'status'>> {
  for (let taken = 0; ;) {
    const late = await leaver.begin(plan);
    await leaver.launch.waitForExit(offeredMs);
    const events = await eventsOf(late);
    const isTaken = takersOf(events).some(isLeaver);
    if (isTaken) taken += 1;
    if (!isTaken || taken === offers || leaver.launch.exit !== undefined) return { late, events, taken };
    await late.terminate('another one is offered').catch(() => {});
  }
}

async function watch(scope: Scope, heldOne: Held): Promise<Leaving> {
  const { plan } = heldOne;
  const [all, ended] = await Promise.all([scope.use(launches), scope.use(endings)]);
  const leaver = await all.start({ keepsSite: true });
  const { launch, post, site } = leaver;
  try {
    await leaver.ready();
    let own: readonly number[] = [];
    // Until the next one starts nobody else polls there, whatever it calls itself.
    const isLeaver = (identity: string): boolean => pidsIn(identity).some((pid) => own.includes(pid))
      || leaver.way?.isSeen(identity) === true;
    const statusOf = async () => (
      (await site.workers()).find((entry) => isPosted(post, entry.taskQueue) && isLeaver(entry.identity))?.status
    );
    const offered = Promise.withResolvers<Offered>();
    const stop = await stopInFlight(ended, leaver, heldOne, ended.promised.main, async (members) => {
      own = members;
      const leaves = async () => ((await statusOf()) ?? 'running') !== 'running' || launch.exit !== undefined || undefined;
      await cameWithin('the server to hear of the stop', leaves, { deadlineMs: stopBeganMs, everyMs: 50, signal: scope.signal });
      const status = await statusOf();
      offered.resolve({ status, ...await offer(leaver, plan, isLeaver) });
    });
    await leaver.dispose();
    const { status, late, events, taken } = await offered.promise;
    const isTaken = takersOf(events).some(isLeaver);
    const next = isTaken ? undefined : await all.start({ after: leaver });
    try {
      next?.llm.script(late.plan.llm, 'turn');
      await next?.host(plan);
      await next?.ready();
      const afterwards = await next?.finish(late);
      // An activity that is still open shows its taker only once it is closed.
      const takers = takersOf([...events, ...(afterwards?.events ?? [])]);
      const byLeaver = takers.some((taker) => isLeaver(taker) && next?.way?.isSeen(taker) !== true);
      const takenByLeaver = !isTaken && byLeaver ? taken + 1 : taken;
      return { plan, stop, takers, takenByLeaver, before: historyText(events), afterwards, status };
    } finally {
      await next?.dispose();
    }
  } finally {
    await leaver.dispose();
  }
}
