import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { exactText } from '../model/exact-json.ts';
import type { ChatCompletionRequest, FixtureResponse, ServerInstance } from '@copilotkit/aimock';
import { conversationOf, replyTo, type Asked, type Conversation, type LlmReply } from './conversation.ts';
import type { Service } from './service.ts';

/** So long a piece of a stream is that a text is never cut: between the halves of a character, pieces are no text. */
const whole = 1_000_000;

/** Of hundreds of executions nobody looks at every request; so many are some megabytes. */
const keptRequests = 1_000;

/**
 * The model of one launch, outside the subject: answers come from a script and can be held back, every request is recorded.
 * It listens where the contract lists the service, and speaks the Anthropic and the OpenAI API.
 */
export class LlmStandIn implements AsyncDisposable {
  readonly requests: Asked[] = [];
  readonly #numbered = new Map<number, Conversation>();
  /** The one that a request belongs to which holds no number. */
  #latest: Conversation = { number: undefined, replies: [], by: 'order', asked: [] };
  #holds = false;
  readonly #held: PromiseWithResolvers<void>[] = [];
  readonly #request = new AsyncLocalStorage<Asked>();
  #opened: Promise<ServerInstance> | undefined;
  #clear: (() => void) | undefined;

  /** The address, on a free loopback port; the first call opens it and takes a few milliseconds. */
  async listen(): Promise<string> {
    this.#opened ??= this.#open();
    return (await this.#opened).url;
  }

  async #open(): Promise<ServerInstance> {
    const { createServer } = await import('@copilotkit/aimock');
    const response = (request: ChatCompletionRequest) => this.#answer(request);
    const cut = (request: ChatCompletionRequest): boolean => !/^\p{ASCII}*$/u.test(JSON.stringify(replyTo(this.#of(request), request)));
    const fixtures = [{ match: { predicate: cut }, chunkSize: whole, response }, { match: { predicate: () => true }, response }];
    const opened = await createServer(fixtures, { port: 0, host: '127.0.0.1' });
    const { server, journal } = opened;
    this.#clear = () => journal.clearEntries();
    // A connection that is idle for some seconds is the client's to close: both at once is an error, which would be no worker's.
    Object.assign(server, { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 });
    // Its journal blots out credentials, and whether the credential arrives is what has to be seen.
    const listeners = server.listeners('request');
    server.removeAllListeners('request');
    server.on('request', (request, answer) => {
      withoutName(request, answer);
      if (/^\/(chat|responses|models)\b/.test(request.url ?? '')) request.url = `/v1${request.url}`;
      const asked: Asked = { path: request.url ?? '', headers: request.headers, bytes: bytesOf(request), body: null };
      this.requests.push(asked);
      this.#request.run(asked, () => listeners.forEach((listener) => Reflect.apply(listener, server, [request, answer])));
    });
    return opened;
  }

  /** Sets the answers for whatever is asked from now on and is not an open conversation's. */
  script(replies: readonly LlmReply[], by: Conversation['by'] = 'order', number?: number): Conversation {
    this.#latest = { number, replies, by, asked: [] };
    if (number !== undefined) this.#numbered.set(number, this.#latest);
    return this.#latest;
  }

  #of(request: ChatCompletionRequest): Conversation {
    return conversationOf(this.#numbered, request) ?? this.#latest;
  }

  /** Requests that are being held back now. */
  get waiting(): number {
    return this.#held.length;
  }

  /** Holds every answer back until `release`. */
  hold(): void {
    this.#holds = true;
  }

  /** Forgets all recorded requests once there are very many; not while one is under way. */
  forgetMany(): void {
    if (this.requests.length <= keptRequests) return;
    this.requests.length = 0;
    this.#numbered.clear();
    this.#latest.asked.length = 0;
    this.#clear?.();
  }

  /** Lets every answer go that is held back, the first that was asked for first or last. */
  release(order: 'first' | 'last' = 'first'): void {
    this.#holds = false;
    const held = this.#held.splice(0);
    for (const each of order === 'first' ? held : held.toReversed()) each.resolve();
  }

  async #answer(request: ChatCompletionRequest): Promise<FixtureResponse> {
    const asked = this.#request.getStore() ?? { path: '', headers: {}, bytes: [], body: null };
    asked.body = request;
    const conversation = this.#of(request);
    const reply = replyTo(conversation, request);
    conversation.asked.push(asked);
    if (this.#holds) {
      const gate = Promise.withResolvers<void>();
      this.#held.push(gate);
      await gate.promise;
    }
    if ('text' in reply) return { content: reply.text };
    if ('error' in reply) return { error: { message: reply.error.message }, status: reply.error.status };
    return { toolCalls: reply.toolCalls.map((call) => ({ name: call.name, arguments: exactText(call.arguments) ?? '{}' })) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.release();
    const { server } = (await this.#opened?.catch(() => undefined)) ?? {};
    server?.closeAllConnections();
    if (server?.listening) await server[Symbol.asyncDispose]();
  }
}

/** Nothing of what a worker may ask says who answers: the library's own paths are none, and the list of models has another owner. */
function withoutName(request: IncomingMessage, response: ServerResponse): void {
  if (request.url?.startsWith('/__')) request.url = '/';
  const end = response.end.bind(response);
  if (request.url?.endsWith('/models')) response.end = (list: unknown) => end(String(list).replaceAll('aimock', 'system'));
}

/** The body of a request as it arrives. Whoever reads the request gets it as always; a listener of our own would set it flowing. */
function bytesOf(request: IncomingMessage): Buffer[] {
  const bytes: Buffer[] = [];
  const push = request.push.bind(request);
  request.push = (chunk: Buffer | null, encoding) => {
    if (chunk !== null) bytes.push(chunk);
    return push(chunk, encoding);
  };
  return bytes;
}

/** The model: a stand-in for each launch, which it asks at the address that a user would set. */
export const service = {
  id: 'llm',
  start: async () => ({
    info: {
      version: 'aimock',
      origin: 'stand-in outside the executable',
      notVerified: 'The real model provider: the model is a stand-in outside the executable.',
    },
    async [Symbol.asyncDispose]() {},
  }),
  join: async () => ({
    enter: async ({ model }) => ({
      places: { url: await model.listen() },
      seen: () => model.requests.map(({ path }) => path),
      leave: () => model[Symbol.asyncDispose](),
    }),
  }),
} satisfies Service;
