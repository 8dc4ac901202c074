import type { IncomingHttpHeaders } from 'node:http';
import type { ChatCompletionRequest } from '@copilotkit/aimock';
import type { Contract } from '../contract/schema.ts';

export type LlmReply = Contract['executions'][number]['llm'][number];

/** A request as it arrived, its headers untouched; `bytes` is its body, still encoded; `body` is null until it was read. */
export type Asked = {
  readonly path: string; readonly headers: IncomingHttpHeaders; readonly bytes: readonly Buffer[]; body: ChatCompletionRequest | null;
};

/**
 * What one execution asks the model, and its answers. By order: the n-th request gets the n-th answer, the last one is repeated. By turn:
 * the answer is chosen by the number of the model's own messages since the user's last one, so that conversations may overlap.
 */
export type Conversation = {
  readonly number: number | undefined;
  readonly replies: readonly LlmReply[];
  readonly by: 'order' | 'turn';
  readonly asked: Asked[];
};

/** The answer to a request that is about to be the next one of the conversation. */
export function replyTo({ replies, by, asked }: Conversation, { messages }: Pick<ChatCompletionRequest, 'messages'>): LlmReply {
  const turn = messages.slice(messages.findLastIndex(({ role }) => role === 'user') + 1);
  const index = by === 'order' ? asked.length : turn.filter(({ role }) => role === 'assistant').length;
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
