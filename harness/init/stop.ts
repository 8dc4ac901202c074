import type { Exit } from '../system/launch/launch.ts';
import type { Trial } from './trial.ts';

/** How a launch ended after a signal: the exit code where it ended by itself, and how long that took. */
export type Stopped = { readonly signal: 'SIGTERM' | 'SIGINT'; readonly code: number | undefined; readonly ms: number };

/** A launch that is to be stopped. */
export type Running = Pick<Trial, 'launch' | 'polls'>;

/** Longer than workers wait for their activities by default. */
const endsWithinMs = 20_000;

/**
 * Tells a launch that polls to stop, waits for its end, and clears up after it. Where its end says nothing of the signal, because it had
 * no CPU or another signal ended it, another launch is told once more: `again` starts one and hands it over.
 */
export async function stopBy(
  running: Running, signal: Stopped['signal'], again: (stop: (other: Running) => Promise<End>) => Promise<End>,
): Promise<Stopped | undefined> {
  const stop = (one: Running): Promise<End> => endAfter(one, signal);
  const first = await stop(running);
  const { exit, ms } = isDoubtful(first, signal) ? await again(stop) : first;
  return exit === 'not started' || exit === 'no CPU' ? undefined : { signal, code: exit?.code ?? undefined, ms };
}

/** How a launch ended, and after which time; undefined where it went on. */
export type End = { readonly exit: Exit | 'not started' | 'no CPU' | undefined; readonly ms: number };

function isDoubtful({ exit }: End, signal: Stopped['signal']): boolean {
  return exit === 'no CPU' || (typeof exit === 'object' && exit.signal !== null && exit.signal !== signal);
}

async function endAfter({ launch, polls }: Running, signal: Stopped['signal']): Promise<End> {
  try {
    if (!polls) return { exit: 'not started', ms: 0 };
    const fromMs = launch.elapsedMs();
    const stretch = launch.cpu.stretch();
    launch.signal(signal);
    const exit = await launch.waitForExit(endsWithinMs, { stretch }).catch(() => 'no CPU' as const);
    return { exit, ms: launch.elapsedMs() - fromMs };
  } finally {
    await launch.dispose();
  }
}
