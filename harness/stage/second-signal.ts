import type { Actor } from './actor.ts';
import type { Endings } from './endings.ts';
import { untilInFlight } from './in-flight.ts';
import type { Held } from './plan.ts';
import type { Stop } from './stop.ts';

/** The second signal comes while the worker still has its activity; one that ends by the first has that long for it. */
const betweenMs = { least: 300, more: 500 };

/** One that ends at once by the second signal does so while its activity is still held. */
const answeredMs = 1_000;

/** Stops a worker while an activity is held in flight, tells it once more before that is let go, and sees how it ends. */
export async function stopTwice(all: Endings, actor: Actor, held: Held, signal: NodeJS.Signals): Promise<Stop> {
  const { launch, llm } = actor;
  llm.hold();
  const handle = await actor.begin(held.plan);
  await untilInFlight(actor, handle, held);
  const ended = all.end(launch);
  launch.signal(signal);
  const firstMs = launch.elapsedMs();
  await launch.waitForExit(betweenMs.least + Math.random() * betweenMs.more);
  const afterMs = launch.elapsedMs() - firstMs;
  const wasGone = launch.exit !== undefined;
  launch.signal(signal);
  await launch.waitForExit(answeredMs);
  llm.release();
  // What no answer holds back ends by itself: its time counts from the first signal.
  const how = await (launch.exit === undefined && held.plan.llm.length > 0 ? all.end(launch) : ended);
  const ending = await all.keep(launch, { signal, apart: true, ...how });
  await handle.terminate('the stop has been seen').catch(() => {});
  const when = wasGone ? 'it had ended before the second signal' : `the second ${Math.round(afterMs)} ms after the first`;
  return { ...ending, inFlight: undefined, when };
}
