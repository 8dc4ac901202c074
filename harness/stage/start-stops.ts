import type { Endings } from './endings.ts';
import type { Launches } from './launches.ts';
import type { RunContext } from './run-context.ts';
import type { Stop } from './stop.ts';

/** A part of the time that a start usually takes: between which shares of it the signal comes. */
type Share = readonly [from: number, to: number];

/** Right after the spawn, when a one-file executable unpacks itself; in the imports; just before it is ready. */
const [atOnce, importing, nearlyReady]: readonly [Share, Share, Share] = [[0, 0.15], [0.5, 0.75], [0.8, 0.95]];

/** When the signal comes, one launch each: the first promised signal has every moment of the start, another one the imports. */
export function startMoments(signals: readonly NodeJS.Signals[], signal: NodeJS.Signals, profile: RunContext['profile']): readonly Share[] {
  const isFirst = signal === signals[0];
  if (profile === 'quick') return isFirst ? [importing] : [];
  return isFirst ? [atOnce, importing, nearlyReady] : [importing];
}

/** Starts a worker and tells it to stop before it is ready, at a moment that is drawn and told. */
export async function stopStarting(all: Launches, ended: Endings, signal: NodeJS.Signals, [from, to]: Share): Promise<Stop> {
  const usualMs = await (await all.worker()).ready();
  const actor = await all.start();
  const { launch } = actor;
  try {
    await launch.waitForExit(usualMs * (from + Math.random() * (to - from)));
    const atMs = launch.elapsedMs();
    const gone = launch.exit === undefined ? '' : ', when it had ended by itself';
    const ending = await ended.stop(launch, { signal, target: 'parent' }, { apart: true });
    const stays = ending.exit === undefined && await actor.polls() ? '; it got ready and polls on' : '';
    return { ...ending, inFlight: undefined, when: `${(atMs / 1000).toFixed(2)} s after the spawn${gone}${stays}` };
  } finally {
    await actor.dispose();
  }
}
