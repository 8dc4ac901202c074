import { BroadcastChannel } from 'node:worker_threads';

/** Between the main thread, which owns the signals, and the thread of the suites; one for each run. */
const channelOf = (mark: string): BroadcastChannel => {
  const channel = new BroadcastChannel(`frostgate-${mark}`);
  channel.unref();
  return channel;
};

/** Tells the suites of a run that it is interrupted. */
export function tellInterruption(mark: string): void {
  const channel = channelOf(mark);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- between threads there is no origin
  channel.postMessage('interrupted');
  channel.close();
}

/** A signal that aborts when the run is interrupted; not when the time of a check is up. `close` ends the listening. */
export function interruptionOf(mark: string): { readonly signal: AbortSignal; readonly close: () => void } {
  const channel = channelOf(mark);
  const abort = new AbortController();
  channel.addEventListener('message', () => abort.abort());
  return { signal: abort.signal, close: () => channel.close() };
}
