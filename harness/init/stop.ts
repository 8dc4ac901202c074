import type { Trial } from './trial.ts';

/** How a launch ended after a signal: the exit code where it ended by itself, and how long that took. */
export type Stopped = { readonly signal: 'SIGTERM' | 'SIGINT'; readonly code: number | undefined; readonly ms: number };

/** Longer than workers wait for their activities by default. */
const endsWithinMs = 20_000;

/** Tells a launch that polls to stop, waits for its end, and clears up after it. */
export async function stopBy(
  { launch, polls }: Pick<Trial, 'launch' | 'polls'>, signal: Stopped['signal'],
): Promise<Stopped | undefined> {
  try {
    if (!polls) return undefined;
    const fromMs = launch.elapsedMs();
    launch.signal(signal);
    const exit = await launch.waitForExit(endsWithinMs);
    return { signal, code: exit?.code ?? undefined, ms: launch.elapsedMs() - fromMs };
  } finally {
    await launch.dispose();
  }
}
