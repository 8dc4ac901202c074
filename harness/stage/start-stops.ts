import type { Launch } from '../system/launch/launch.ts';
import { cameWithin } from '../system/wait.ts';
import type { Ready } from '../temporal/ready.ts';
import type { Endings } from './endings.ts';
import type { Launches } from './launches.ts';
import type { RunContext } from './run-context.ts';
import type { Stop } from './stop.ts';

/**
 * A part of what a start usually takes: between which shares of it the signal comes. Of its CPU, where that is known exactly: on a busy
 * machine a start takes longer, and not more of that; else of its time.
 */
type Share = readonly [from: number, to: number];

/** Right after the spawn, when a one-file executable unpacks itself; in the imports; just before it is ready. */
const [atOnce, importing, nearlyReady]: readonly [Share, Share, Share] = [[0, 0.15], [0.6, 0.75], [0.8, 0.95]];

/** When the signal comes, one launch each: the first promised signal has every moment of the start, another one the imports. */
export function startMoments(signals: readonly NodeJS.Signals[], signal: NodeJS.Signals, profile: RunContext['profile']): readonly Share[] {
  const isFirst = signal === signals[0];
  if (profile === 'quick') return isFirst ? [importing] : [];
  return isFirst ? [atOnce, importing, nearlyReady] : [importing];
}

/** Starts a worker and tells it to stop before it is ready, at a moment that is drawn and told. */
export async function stopStarting(all: Launches, ended: Endings, signal: NodeJS.Signals, [from, to]: Share): Promise<Stop> {
  const usual = await all.usual();
  const actor = await all.start();
  const { launch } = actor;
  try {
    await untilShare(launch, usual, from + Math.random() * (to - from));
    const atMs = launch.elapsedMs();
    const gone = launch.exit === undefined ? '' : ', when it had ended by itself';
    const ending = await ended.stop(launch, { signal, target: 'parent' }, { apart: true });
    const stays = ending.exit === undefined && await actor.polls() ? '; it got ready and polls on' : '';
    return { ...ending, inFlight: undefined, when: `${(atMs / 1000).toFixed(2)} s after the spawn${gone}${stays}` };
  } finally {
    await actor.dispose();
  }
}

/** More looks would cost more than they tell. */
const lookEveryMs = 10;

/** Waits until a launch has come so far, or has ended, but no longer than any start may take. */
async function untilShare(launch: Launch, { readyMs, use: { how, usedMs } }: Ready, share: number): Promise<void> {
  if (how !== 'exact') return void (await launch.waitForExit(readyMs * share));
  const came = (): true | undefined => launch.exit !== undefined || launch.cpu.sample().usedMs >= usedMs * share || undefined;
  await cameWithin('the moment of the signal', came, { deadlineMs: longestStarts * readyMs, everyMs: lookEveryMs });
}

/** So many usual starts are waited for at most. */
const longestStarts = 10;
