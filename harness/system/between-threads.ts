import { BroadcastChannel } from 'node:worker_threads';
import { messageOf } from '../model/errors.ts';

type Answer<Value> = { readonly value: Value } | { readonly error: string };

/** Gives a value, once it is there, to whoever asks for it by name in any thread of this process. Plain data only: it is copied. */
export function give(name: string, value: Promise<unknown>): void {
  const answer = value.then((given): Answer<unknown> => ({ value: given }), (error: unknown): Answer<unknown> => ({
    error: messageOf(error),
  }));
  const channel = new BroadcastChannel(name);
  listen(channel, ({ data }) => void (data === 'ask' && answer.then((told) => send(channel, told))));
  channel.unref();
}

/** What is given under a name; throws what kept it from being there. */
export async function take<Value>(name: string): Promise<Value> {
  const channel = new BroadcastChannel(name);
  const answered = new Promise<Answer<Value>>((resolve) => {
    // Another one who asks is heard here, too.
    listen(channel, ({ data }) => void (data !== 'ask' && resolve(data)));
  });
  send(channel, 'ask');
  const answer = await answered;
  channel.close();
  if ('error' in answer) throw new Error(answer.error);
  return answer.value;
}

function send(channel: BroadcastChannel, message: unknown): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  channel.postMessage(message);
}

function listen(channel: BroadcastChannel, heard: (message: MessageEvent) => void): void {
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- which does not know the type of its events
  channel.onmessage = heard;
}
