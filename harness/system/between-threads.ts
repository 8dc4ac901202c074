import { BroadcastChannel } from 'node:worker_threads';
import { messageOf } from '../model/errors.ts';

type Answer<Value> = { readonly value: Value } | { readonly error: string };

/** Gives a value, once it is there, to whoever asks for it by name in any thread of this process. Plain data only: it is copied. */
export function give(name: string, value: Promise<unknown>): void {
  const answer: Promise<Answer<unknown>> = value.then((given) => ({ value: given }), (error: unknown) => ({ error: messageOf(error) }));
  open(name, (heard, channel) => void (heard === 'ask' && answer.then((told) => send(channel, told)))).unref();
}

/** What is given under a name; throws what kept it from being there. */
export async function take<Value>(name: string): Promise<Value> {
  const { promise, resolve } = Promise.withResolvers<Answer<Value>>();
  // Another one who asks is heard here, too.
  const channel = open(name, (heard) => void (heard !== 'ask' && resolve(heard)));
  send(channel, 'ask');
  const answer = await promise;
  channel.close();
  if ('error' in answer) throw new Error(answer.error);
  return answer.value;
}

function open(name: string, heard: (message: MessageEvent['data'], channel: BroadcastChannel) => void): BroadcastChannel {
  const channel = new BroadcastChannel(name);
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- which does not know the type of its events
  channel.onmessage = ({ data }: MessageEvent) => heard(data, channel);
  return channel;
}

function send(channel: BroadcastChannel, message: unknown): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  channel.postMessage(message);
}
