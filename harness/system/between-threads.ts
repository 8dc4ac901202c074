import { BroadcastChannel } from 'node:worker_threads';
import { messageOf } from '../model/errors.ts';

type Answer<Value> = { readonly value: Value } | { readonly error: string };

/** Gives a value, once it is there, to whoever asks for it by name in any thread of this process. Plain data only: it is copied. */
export function give(name: string, value: Promise<unknown>): void {
  value.catch(() => {}); // whoever asks is told
  const channel = new BroadcastChannel(name);
  channel.onmessage = (message) => {
    if (dataOf(message) !== 'ask') return;
    void value.then((given): Answer<unknown> => ({ value: given }), (error: unknown): Answer<unknown> => ({ error: messageOf(error) }))
      .then((answer) => channel.postMessage(answer));
  };
  channel.unref();
}

/** What is given under a name; throws what kept it from being there. */
export async function take<Value>(name: string): Promise<Value> {
  const channel = new BroadcastChannel(name);
  const answered = new Promise<Answer<Value>>((resolve) => {
    channel.onmessage = (message) => {
      const answer = dataOf(message);
      // Another one who asks is heard here, too.
      if (answer !== 'ask') resolve(answer as Answer<Value>);
    };
  });
  channel.postMessage('ask');
  const answer = await answered;
  channel.close();
  if ('error' in answer) throw new Error(answer.error);
  return answer.value;
}

function dataOf(message: unknown): unknown {
  return typeof message === 'object' && message !== null && 'data' in message ? message.data : undefined;
}
