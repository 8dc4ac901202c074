import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { exactText } from '../model/exact-json.ts';
import type { ChatCompletionRequest, FixtureResponse, ServerInstance } from '@copilotkit/aimock';
import { conversationOf, replyTo, type Asked, type Conversation, type LlmReply } from './conversation.ts';
import { formatOf, type ModelFormat } from './model-formats.ts';
import type { Service } from './service.ts';

/** So long a piece of a stream is that a text is never cut: between the halves of a character, pieces are no text. */
const whole = 1_000_000;

/** Of hundreds of executions nobody looks at every request; so many are some megabytes. */
const keptRequests = 1_000;

/** A request that is being answered. */
type Exchange = { readonly asked: Asked; readonly format: ModelFormat; readonly answer: ServerResponse };

/**
 * The models of one launch, outside the subject: answers come from a script and can be held back, every request is recorded. Each one that
 * the contract lists as a service has an address of its own, and answers in the format in which it is asked (model-formats.ts).
 */
export class LlmStandIn implements AsyncDisposable {
  readonly requests: Asked[] = [];
  readonly #numbered = new Map<number, Conversation>();
  /** The one that a request belongs to which holds no number. */
  #latest: Conversation = { number: undefined, replies: [], by: 'order', asked: [] };
  #holds = false;
  readonly #held: PromiseWithResolvers<void>[] = [];
  readonly #exchange = new AsyncLocalStorage<Exchange>();
  readonly #opened = new Map<string, Promise<ServerInstance>>();

  /** The address of one of them, on a free loopback port; the first call opens it and takes a few milliseconds. */
  async listen(name = 'llm'): Promise<string> {
    const opened = this.#opened.get(name) ?? this.#open(name);
    this.#opened.set(name, opened);
    return (await opened).url;
  }

  async #open(name: string): Promise<ServerInstance> {
    const { createServer } = await import('@copilotkit/aimock');
    const response = (request: ChatCompletionRequest) => this.#answer(request, name);
    const cut = (request: ChatCompletionRequest): boolean => (
      !/^\p{ASCII}*$/u.test(JSON.stringify(replyTo(this.#of(request), request, name)))
    );
    // Without a reply of ours the library makes vectors from the text.
    const isAnswered = (): boolean => this.#exchange.getStore()?.format.failure !== undefined;
    const fixtures = [
      { match: { predicate: (request: ChatCompletionRequest) => isAnswered() && cut(request) }, chunkSize: whole, response },
      { match: { predicate: isAnswered }, response },
    ];
    const opened = await createServer(fixtures, { port: 0, host: '127.0.0.1' });
    const { server } = opened;
    // A connection that is idle for some seconds is the client's to close: both at once is an error, which would be no worker's.
    Object.assign(server, { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 });
    // Its journal blots out credentials, and whether the credential arrives is what has to be seen.
    const listeners = server.listeners('request');
    server.removeAllListeners('request');
    server.on('request', (request, answer) => {
      const asked: Asked = { service: name, path: request.url ?? '', headers: { ...request.headers }, bytes: bytesOf(request), body: null };
      this.requests.push(asked);
      const [, path = '', query = ''] = /^([^?]*)(.*)$/.exec(asked.path) ?? [];
      const known = formatOf(path);
      if (known === undefined) {
        notFound(request, answer);
        return;
      }
      request.url = known.path + query;
      if (known.format.id === 'models') withoutName(answer);
      const exchange = { asked, format: known.format, answer };
      inItsWords(exchange);
      this.#exchange.run(exchange, () => listeners.forEach((listener) => Reflect.apply(listener, server, [request, answer])));
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
    for (const opened of this.#opened.values()) void opened.then(({ journal }) => journal.clearEntries(), () => {});
  }

  /** Lets every answer go that is held back, the first that was asked for first or last. */
  release(order: 'first' | 'last' = 'first'): void {
    this.#holds = false;
    const held = this.#held.splice(0);
    for (const each of order === 'first' ? held : held.toReversed()) each.resolve();
  }

  async #answer(request: ChatCompletionRequest, name: string): Promise<FixtureResponse> {
    const exchange = this.#exchange.getStore();
    const asked = exchange?.asked ?? { service: name, path: '', headers: {}, bytes: [], body: null };
    asked.body = { ...request, model: decoded(request.model) };
    const conversation = this.#of(request);
    const reply = replyTo(conversation, request, name);
    conversation.asked.push(asked);
    if (this.#holds) {
      const gate = Promise.withResolvers<void>();
      this.#held.push(gate);
      await gate.promise;
    }
    if ('text' in reply) return { content: reply.text };
    if ('error' in reply) {
      const { message, status } = reply.error;
      if (exchange) failWith(exchange, status, message);
      return { error: { message }, status };
    }
    const finishReason = exchange?.format.callsFinish;
    const toolCalls = reply.toolCalls.map((call) => ({ name: call.name, arguments: exactText(call.arguments) ?? '{}' }));
    return { toolCalls, ...(finishReason !== undefined && { finishReason }) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.release();
    for (const opened of this.#opened.values()) {
      const { server } = (await opened.catch(() => undefined)) ?? {};
      server?.closeAllConnections();
      if (server?.listening) await server[Symbol.asyncDispose]();
    }
  }
}

/** The name of a model that stands in a path is encoded there: `anthropic.claude-v2%3A1`. */
function decoded(model: string): string {
  try {
    return decodeURIComponent(model);
  } catch {
    return model;
  }
}

/** Words the failure as the provider does: the library has one form for several of them. */
function failWith({ answer, format: { failure, failureHeader } }: Exchange, status: number, message: string): void {
  const type = failureHeader?.types[status];
  if (failureHeader !== undefined && type !== undefined) answer.setHeader(failureHeader.name, type);
  const end = answer.end.bind(answer);
  answer.end = () => end(JSON.stringify(failure?.(status, message)));
}

/** Streams in the pieces of the provider. */
function inItsWords({ answer, format: { piece: worded } }: Exchange): void {
  const write = answer.write.bind(answer);
  if (worded !== undefined) answer.write = (piece: Buffer) => {
    const own = worded(piece);
    return own === undefined || write(own);
  };
}

/** Nothing of what a worker may ask says who answers: the library's own paths are none. */
function notFound(request: IncomingMessage, answer: ServerResponse): void {
  request.resume();
  answer.writeHead(404, { 'content-type': 'application/json' }).end('{"error":{"message":"Not found","type":"not_found_error"}}');
}

/** The list of models has another owner. */
function withoutName(answer: ServerResponse): void {
  const end = answer.end.bind(answer);
  answer.end = (list: unknown) => end(String(list).replaceAll('aimock', 'system'));
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

/** A model: each launch asks a stand-in of its own, at the address that a user would set. */
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
  join: async ({ name }) => ({
    async enter({ model }) {
      const url = await model.listen(name);
      const { hostname, port } = new URL(url);
      return {
        places: { url, host: hostname, port },
        seen: () => model.requests.flatMap((request) => (request.service === name ? [request.path] : [])),
        leave: () => model[Symbol.asyncDispose](),
      };
    },
  }),
} satisfies Service;
