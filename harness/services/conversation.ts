import type { IncomingHttpHeaders } from 'node:http';
import type { ChatCompletionRequest } from '@copilotkit/aimock';
import type { Contract } from '../contract/schema.ts';

export type LlmReply = Contract['executions'][number]['llm'][number];

/**
 * A request as it arrived at the model that the contract calls `service`, its headers untouched; `bytes` is its body, still encoded; `body`
 * is what it says in the words of OpenAI's chat, whatever its format, and null until it was read.
 */
export type Asked = {
  readonly service: string; readonly path: string; readonly headers: IncomingHttpHeaders; readonly bytes: readonly Buffer[];
  body: ChatCompletionRequest | null;
};

/**
 * What one execution asks its models, and their answers. By order: the n-th request gets the n-th answer, the last one is repeated. By
 * turn: the answer is chosen by the number of the model's own messages since the user's last one, so that conversations may overlap.
 */
export type Conversation = {
  readonly number: number | undefined;
  readonly replies: readonly LlmReply[];
  readonly by: 'order' | 'turn';
  readonly asked: Asked[];
};

/** The replies of one of the models; all of them where they do not say whose they are. */
export const repliesOf = (replies: readonly LlmReply[], service: string): readonly LlmReply[] => (
  replies.filter((reply) => reply.service === undefined || reply.service === service)
);

/** The answer to a request that is about to be the next one of the conversation. */
export function replyTo(
  { replies: all, by, asked }: Conversation, { messages }: Pick<ChatCompletionRequest, 'messages'>, service: string,
): LlmReply {
  const replies = repliesOf(all, service);
  const before = all.every((reply) => reply.service === undefined) ? asked : asked.filter((each) => each.service === service);
  const turn = messages.slice(messages.findLastIndex(({ role }) => role === 'user') + 1);
  const index = by === 'order' ? before.length : turn.filter(({ role }) => role === 'assistant').length;
  return replies[index] ?? replies.at(-1) ?? { text: 'ok' };
}

/**
 * Whose request it is, of conversations that overlap: the one whose number stands in the user's last message, else anywhere in the
 * messages; undefined where no number does.
 */
export function conversationOf(known: ReadonlyMap<number, Conversation>, { messages }: Pick<ChatCompletionRequest, 'messages'>) {
  const last = messages.findLastIndex(({ role }) => role === 'user');
  for (const part of [messages.slice(Math.max(last, 0), last + 1), messages]) {
    for (const [digits] of textOf(part).matchAll(/\d{5,}/g)) {
      const conversation = known.get(Number(digits));
      if (conversation) return conversation;
    }
  }
  return undefined;
}

/** The texts of messages, one below the other; the arguments of tool calls are among them. */
export function textOf(messages: ChatCompletionRequest['messages']): string {
  return messages.flatMap(({ content, tool_calls: calls = [] }) => [
    ...(typeof content === 'string' ? [content] : (content ?? []).map(({ text = '' }) => text)),
    ...calls.map((call) => call.function.arguments),
  ]).join('\n');
}

/** The body of a request as its client wrote it; undefined where it is no JSON. */
export function writtenBody({ bytes }: Pick<Asked, 'bytes'>): unknown {
  try {
    return JSON.parse(Buffer.concat(bytes).toString());
  } catch {
    return undefined;
  }
}

/** The same with every other text of the body: what a format has beside messages, such as a tool's result in JSON. */
export function everyTextOf(asked: Asked): string {
  return [textOf(asked.body?.messages ?? []), ...textsIn(writtenBody(asked))].join('\n');
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
