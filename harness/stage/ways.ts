import type { PromisedStop } from './promised-stop.ts';

/**
 * Whom a signal goes to: the started process; all of its process group, as a terminal sends Ctrl-C; or the worker's own process, while the
 * started one stands still and passes nothing on.
 */
export type Target = 'parent' | 'group' | 'child';

/** How a launch is told to end. */
export type Way = { readonly signal: NodeJS.Signals; readonly target: Target };

/**
 * The ways in which a healthy launch of the subject ends (law 11): those of `first` once each, then those of `turns` by turns, so that
 * every kind of stop is seen of ordinary launches.
 */
export function waysOf(promised: Pick<PromisedStop, 'signals' | 'main'>, platform = process.platform) {
  const { signals } = promised;
  const plain = signals.map((signal): Way => ({ signal, target: 'parent' }));
  // Windows has neither process groups nor these signals.
  if (platform === 'win32') return { first: [], turns: plain };
  const group = signals.map((signal): Way => ({ signal, target: 'group' }));
  const first: Way[] = [...group, toTheChild(promised), killed];
  return { first, turns: group.flatMap((way, index) => [...plain.slice(index, index + 1), way]) };
}

/** The worker's own process is told, by whom the started process is left out. */
export function toTheChild({ main }: Pick<PromisedStop, 'main'>): Way {
  return { signal: main, target: 'child' };
}

/** The started process is ended by force, as a supervisor does that has lost its patience. */
export const killed: Way = { signal: 'SIGKILL', target: 'parent' };
