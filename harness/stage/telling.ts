import { BroadcastChannel } from 'node:worker_threads';

/** Between the thread of the suites, which does the work, and the main one, which has the terminal; one for each run. */
const channelOf = (mark: string): BroadcastChannel => {
  const channel = new BroadcastChannel(`frostgate-progress-${mark}`);
  channel.unref();
  return channel;
};

/** How far long work is; `stays` for a line that a log keeps too. */
export type Told = { readonly line: string; readonly stays: boolean };

/** Tells whoever shows the progress of a run. */
export function tell(mark: string, told: Told): void {
  const channel = channelOf(mark);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- between threads there is no origin
  channel.postMessage(told);
  channel.close();
}

/** Hands on what is told until it is disposed. */
export function hear(mark: string, heard: (told: Told) => void): Disposable {
  const channel = channelOf(mark);
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- which does not know the type of its events
  channel.onmessage = ({ data }: MessageEvent) => heard(data);
  return { [Symbol.dispose]: () => channel.close() };
}
