import { expect, onTestFinished, test } from 'vitest';
import { waitFor } from '../system/wait.ts';
import { everyTextOf, textOf } from './conversation.ts';
import { payloadOf } from './event-stream.ts';
import { LlmStandIn } from './llm.ts';
import { formatOf } from './model-formats.ts';

/** Where an answer, or each event of a streamed one, has its text, the names of the tools that are called, and their arguments. */
type Places = readonly [text: string, name: string, input: string];

/** A format as its provider documents it: where it is asked, with what, and what is read of the answer. */
type Row = {
  readonly id: string;
  readonly path: (stream: boolean) => string;
  readonly body: (question: string, stream: boolean) => object;
  /** The same, after the model has called the tool and got `{"rows": 3}` of it. */
  readonly after: (question: string) => object;
  readonly plain: Places;
  readonly streamed: Places;
  readonly failure: object;
};

const args = { query: 'select 1' };
const call = { id: 'c1', type: 'function', function: { name: 'lookup', arguments: JSON.stringify(args) } };
const chat = (question: string) => [{ role: 'user', content: question }];
const chatAfter = (question: string) => [
  ...chat(question), { role: 'assistant', content: null, tool_calls: [call] }, { role: 'tool', tool_call_id: 'c1', content: '{"rows": 3}' },
];
const anthropicAfter = (question: string) => [
  ...chat(question), { role: 'assistant', content: [{ type: 'tool_use', id: 'c1', name: 'lookup', input: args }] },
  { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c1', content: '{"rows": 3}' }] },
];
const parts = (text: string) => ({ role: 'user', parts: [{ text }] });
const blocks = (text: string) => ({ role: 'user', content: [{ text }] });

const rows: readonly Row[] = [
  {
    id: 'Anthropic', path: () => '/v1/messages', failure: { type: 'error', error: { type: 'rate_limit_error', message: 'slow down' } },
    body: (question, stream) => ({ model: 'm', max_tokens: 9, stream, messages: chat(question) }),
    after: (question) => ({ model: 'm', max_tokens: 9, messages: anthropicAfter(question) }),
    plain: ['content.text', 'content.name', 'content.input'],
    streamed: ['delta.text', 'content_block.name', 'delta.partial_json'],
  },
  {
    id: 'OpenAI chat', path: () => '/v1/chat/completions',
    failure: { error: { message: 'slow down', type: 'invalid_request_error', param: null, code: 'rate_limit_exceeded' } },
    body: (question, stream) => ({ model: 'm', stream, messages: chat(question) }),
    after: (question) => ({ model: 'm', messages: chatAfter(question) }),
    plain: ['choices.message.content', 'choices.message.tool_calls.function.name', 'choices.message.tool_calls.function.arguments'],
    streamed: ['choices.delta.content', 'choices.delta.tool_calls.function.name', 'choices.delta.tool_calls.function.arguments'],
  },
  {
    id: 'OpenAI responses', path: () => '/v1/responses',
    failure: { error: { message: 'slow down', type: 'invalid_request_error', param: null, code: 'rate_limit_exceeded' } },
    body: (input, stream) => ({ model: 'm', stream, input }),
    after: (question) => ({ model: 'm', input: [
      ...chat(question), { type: 'function_call', call_id: 'c1', name: 'lookup', arguments: JSON.stringify(args) },
      { type: 'function_call_output', call_id: 'c1', output: '{"rows": 3}' },
    ] }),
    plain: ['output.content.text', 'output.name', 'output.arguments'],
    streamed: ['response.output.content.text', 'response.output.name', 'response.output.arguments'],
  },
  ...['/v1beta/models', '/v1beta1/projects/p/locations/global/publishers/google/models'].map((models): Row => ({
    id: 'Gemini', path: (stream) => `${models}/m:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
    failure: { error: { code: 429, message: 'slow down', status: 'RESOURCE_EXHAUSTED' } },
    body: (question) => ({ contents: [parts(question)] }),
    after: (question) => ({ contents: [
      parts(question), { role: 'model', parts: [{ functionCall: { name: 'lookup', args } }] },
      { role: 'user', parts: [{ functionResponse: { name: 'lookup', response: { rows: 3, text: '{"rows": 3}' } } }] },
    ] }),
    plain: ['candidates.content.parts.text', 'candidates.content.parts.functionCall.name', 'candidates.content.parts.functionCall.args'],
    streamed: ['candidates.content.parts.text', 'candidates.content.parts.functionCall.name', 'candidates.content.parts.functionCall.args'],
  })),
  {
    id: 'Bedrock', path: (stream) => `/model/m/${stream ? 'converse-stream' : 'converse'}`, failure: { message: 'slow down' },
    body: (question) => ({ messages: [blocks(question)] }),
    after: (question) => ({ messages: [
      blocks(question), { role: 'assistant', content: [{ toolUse: { toolUseId: 'c1', name: 'lookup', input: args } }] },
      { role: 'user', content: [{ toolResult: { toolUseId: 'c1', content: [{ json: { text: '{"rows": 3}' } }] } }] },
    ] }),
    plain: ['output.message.content.text', 'output.message.content.toolUse.name', 'output.message.content.toolUse.input'],
    streamed: ['delta.text', 'start.toolUse.name', 'delta.toolUse.input'],
  },
  {
    id: 'Bedrock', path: (stream) => `/model/m/${stream ? 'invoke-with-response-stream' : 'invoke'}`, failure: { message: 'slow down' },
    body: (question) => ({ anthropic_version: 'bedrock-2023-05-31', max_tokens: 9, messages: chat(question) }),
    after: (question) => ({ anthropic_version: 'bedrock-2023-05-31', max_tokens: 9, messages: anthropicAfter(question) }),
    plain: ['content.text', 'content.name', 'content.input'],
    streamed: ['delta.text', 'content_block.name', 'delta.partial_json'],
  },
  {
    id: 'Ollama', path: () => '/api/chat', failure: { error: 'slow down' },
    body: (question, stream) => ({ model: 'm', stream, messages: chat(question) }),
    after: (question) => ({ model: 'm', stream: false, messages: chatAfter(question) }),
    plain: ['message.content', 'message.tool_calls.function.name', 'message.tool_calls.function.arguments'],
    streamed: ['message.content', 'message.tool_calls.function.name', 'message.tool_calls.function.arguments'],
  },
  {
    id: 'Cohere', path: () => '/v2/chat', failure: { message: 'slow down' },
    body: (question, stream) => ({ model: 'm', stream, messages: chat(question) }),
    after: (question) => ({ model: 'm', messages: chatAfter(question) }),
    plain: ['message.content.text', 'message.tool_calls.function.name', 'message.tool_calls.function.arguments'],
    streamed: ['delta.message.content.text', 'delta.message.tool_calls.function.name', 'delta.message.tool_calls.function.arguments'],
  },
];

/** Everything at a dotted path, through lists. */
function all(value: unknown, [key, ...rest]: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => all(item, key === undefined ? [] : [key, ...rest]));
  if (key === undefined) return value === undefined || value === null ? [] : [value];
  return typeof value === 'object' && value !== null ? all(Reflect.get(value, key), rest) : [];
}

/** Server-sent events, lines of JSON, messages of AWS's event stream (bytes in base64 in those of an invocation), or one answer. */
function eventsIn(type: string, path: string, bytes: Buffer): unknown[] {
  const text = bytes.toString();
  if (type.includes('text/event-stream')) return Array.from(text.matchAll(/^data: (\{.*)$/gm), ([, data = '']) => JSON.parse(data));
  if (type.includes('ndjson')) return text.trim().split('\n').map((line) => JSON.parse(line));
  if (!type.includes('amazon.eventstream')) return [JSON.parse(text)];
  const events: unknown[] = [];
  for (let at = 0; at < bytes.length; at += bytes.readUInt32BE(at)) {
    const event = JSON.parse(payloadOf(bytes.subarray(at, at + bytes.readUInt32BE(at))).toString()) as { bytes?: string };
    events.push(path.includes('/invoke') ? JSON.parse(Buffer.from(event.bytes ?? '', 'base64').toString()) : event);
  }
  return events;
}

async function standIn(): Promise<LlmStandIn> {
  const model = new LlmStandIn();
  onTestFinished(() => model[Symbol.asyncDispose]());
  await model.listen();
  return model;
}

async function post(model: LlmStandIn, path: string, body: object, prefix = '') {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${await model.listen()}${prefix}${path}`, { method: 'POST', body: JSON.stringify(body), headers });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const events = eventsIn(answer.headers.get('content-type') ?? '', path, bytes);
  return { status: answer.status, header: answer.headers.get('x-amzn-errortype') ?? '', events };
}

const texts = (events: unknown[], path: string): string => all(events, path.split('.'))
  .map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('');

test.each(rows.map((row) => [row.path(false), row] as const))('%s: texts and calls of tools, whole and in pieces', async (_, row) => {
  const model = await standIn();
  const text = `${'x'.repeat(19)}👩🏽‍🚀 שלום`;
  for (const stream of [false, true]) {
    const [atText, atName, atInput] = stream ? row.streamed : row.plain;
    model.script([{ toolCalls: [{ name: 'lookup', arguments: args }] }, { text }]);
    const called = await post(model, row.path(stream), row.body('how many?', stream));
    expect([texts(called.events, atName), JSON.parse(texts(called.events, atInput))]).toEqual(['lookup', args]);
    const said = await post(model, row.path(stream), row.body('how many?', stream));
    expect(texts(said.events, atText)).toBe(text);
    expect(all(said.events, ['start'])).toEqual([]); // of Bedrock's streams: a text has none
  }
  expect(formatOf(row.path(false))?.format.id).toBe(row.id);
  const read = model.requests.map(({ body }) => `${body?.model} ${textOf(body?.messages.slice(-1) ?? [])}`);
  expect(read).toEqual(Array(4).fill('m how many?'));
});

test.each(rows.map((row) => [row.path(false), row] as const))('%s: turns, failures, held answers', async (path, row) => {
  const model = await standIn();
  const { asked } = model.script([{ text: 'first' }, { text: 'second' }], 'turn', 71_001);
  const { events } = await post(model, path, row.after('about 71001'));
  expect(texts(events, row.plain[0])).toBe('second');
  expect(asked.map(everyTextOf).join('')).toContain('{"rows": 3}');
  model.script([{ error: { status: 429, message: 'slow down' } }]);
  for (const stream of [false, true]) {
    const refused = await post(model, row.path(stream), row.body('x', stream));
    expect(refused).toEqual({ status: 429, header: row.id === 'Bedrock' ? 'ThrottlingException' : '', events: [row.failure] });
  }
  model.hold();
  model.script([{ text: 'late' }]);
  const late = post(model, path, row.body('x', false));
  await waitFor('the request', () => model.waiting === 1 || undefined, { deadlineMs: 10_000 });
  model.release();
  expect(texts((await late).events, row.plain[0])).toBe('late');
});

test('Ollama generates without messages, Azure names the model in the path, Bedrock encodes it there', async () => {
  const model = await standIn();
  model.script([{ text: 'one' }, { text: 'two' }, { text: 'three' }]);
  expect(texts((await post(model, '/api/generate', { model: 'm', prompt: 'x', stream: false })).events, 'response')).toBe('one');
  const azure = await post(model, '/openai/deployments/mine/chat/completions?api-version=1', { messages: chat('x') });
  expect(texts(azure.events, 'choices.message.content')).toBe('two');
  await post(model, '/model/anthropic.claude-v2%3A1/converse', { messages: [blocks('x')] });
  expect(model.requests.map(({ body }) => body?.model)).toEqual(['m', 'mine', 'anthropic.claude-v2:1']);
});

test.each([
  ['/gateway', '/v1/messages', 200], ['/api', '/v1/chat/completions', 200], ['', '/chat/completions', 200],
  ['/v3', '/chat/completions', 200],
  ['/v1', '/v1/messages', 404], ['', '/messages', 404], ['', '/v1/_requests', 404], ['', '/__aimock/journal', 404],
])('below a base address that ends in "%s", %s is answered with %d', async (prefix, path, status) => {
  const model = await standIn();
  const body = { model: 'm', max_tokens: 9, messages: chat('x') };
  expect((await post(model, path, body, prefix)).status).toBe(status);
  expect(model.requests.map((request) => request.path)).toEqual([prefix + path]);
});

test('vectors need no reply, and what lists models names nobody', async () => {
  const model = await standIn();
  const { asked } = model.script([{ text: 'x' }]);
  const { events } = await post(model, '/v1/embeddings', { model: 'e', input: 'a text' });
  expect(all(events, ['data', 'embedding']).length).toBeGreaterThan(100);
  expect(asked).toEqual([]);
  const list = await fetch(`${await model.listen()}/gateway/v1/models`);
  expect(await list.text()).toMatch(/^\{"object":"list"(?!.*aimock)/);
});

test('each of several models has an address and, where they say so, replies of its own', async () => {
  const model = await standIn();
  const { asked } = model.script([
    { service: 'gpt', text: 'of gpt' }, { service: 'claude', text: 'of claude' }, { service: 'gpt', text: 'again' },
  ]);
  const ask = async (service: string): Promise<string> => {
    const body = JSON.stringify({ model: 'm', max_tokens: 9, messages: chat('x') });
    const answer = await fetch(`${await model.listen(service)}/v1/messages`, { method: 'POST', body });
    return texts([await answer.json()], 'content.text');
  };
  expect(await model.listen('gpt')).not.toBe(await model.listen('claude'));
  const answers = [await ask('claude'), await ask('gpt'), await ask('gpt'), await ask('claude')];
  expect(answers).toEqual(['of claude', 'of gpt', 'again', 'of claude']);
  expect(asked.map(({ service }) => service)).toEqual(['claude', 'gpt', 'gpt', 'claude']);
});
