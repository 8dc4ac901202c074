import { expect, onTestFinished, test } from 'vitest';
import { waitFor } from '../system/wait.ts';
import { textOf } from './conversation.ts';
import { LlmStandIn } from './llm.ts';

async function standIn(): Promise<{ model: LlmStandIn; ask: (text: string, stream?: boolean) => Promise<string> }> {
  const model = new LlmStandIn();
  onTestFinished(() => model[Symbol.asyncDispose]());
  const url = await model.listen();
  const ask = async (content: string, stream = false): Promise<string> => {
    const body = JSON.stringify({ model: 'm', max_tokens: 9, stream, messages: [{ role: 'user', content }] });
    const headers = { 'content-type': 'application/json', 'x-api-key': 'k' };
    const answer = await fetch(`${url}/v1/messages`, { method: 'POST', body, headers });
    return answer.text();
  };
  return { model, ask };
}

test('requests at the same time get the answers of the conversation whose number they hold, in whichever order', async () => {
  const { model, ask } = await standIn();
  const conversations = [71_001, 71_002, 71_003].map((number) => model.script([{ text: `to ${number}` }], 'order', number));
  model.hold();
  const answers = Promise.all([71_003, 71_001, 71_002].map((number) => ask(`question ${number}`)));
  await waitFor('all of them', () => model.waiting === 3 || undefined, { deadlineMs: 10_000 });
  model.release('last');
  const texts = await answers;
  [71_003, 71_001, 71_002].forEach((number, index) => expect(texts[index]).toContain(`to ${number}`));
  expect(conversations.map(({ asked }) => asked.map(({ body }) => textOf(body?.messages ?? [])))).toEqual([
    ['question 71001'], ['question 71002'], ['question 71003'],
  ]);
  expect(conversations[0]?.asked[0]?.headers['x-api-key']).toBe('k');
});

test('a text of many scripts is streamed in pieces that are texts', async () => {
  const { model, ask } = await standIn();
  const text = `${'x'.repeat(19)}👩🏽‍🚀𝒳 שלום e\u0301`;
  model.script([{ text }]);
  const events = [...(await ask('go', true)).matchAll(/^data: (.*)$/gm)];
  const lines = events.map(([, data = '']) => JSON.parse(data) as { delta?: { text?: string } });
  const pieces = lines.map(({ delta }) => delta?.text ?? '');
  expect(pieces.join('')).toBe(text);
  expect(pieces.every((piece) => piece.isWellFormed())).toBe(true);
});
