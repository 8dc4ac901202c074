import type { IncomingHttpHeaders } from 'node:http';
import type { ChatCompletionRequest, FixtureResponse, ServerInstance } from '@copilotkit/aimock';
import type { Contract } from '../contract/schema.ts';
import type { Service } from './service.ts';

type LlmReply = Contract['executions'][number]['llm'][number];

type Request = Pick<ChatCompletionRequest, 'messages'>;

/**
 * The model of one launch, outside the subject: answers come from a script and can be held back, every request is recorded.
 * It listens where the contract lists the service, and speaks the Anthropic and the OpenAI API.
 */
export class LlmStandIn implements AsyncDisposable {
  /** Each as it arrived, with its headers untouched. */
  readonly requests: { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: unknown }[] = [];
  #script: { readonly replies: readonly LlmReply[]; readonly by: 'order' | 'turn'; next: number } = { replies: [], by: 'order', next: 0 };
  #gate: PromiseWithResolvers<void> | undefined;
  /** Requests that are being held back now. */
  waiting = 0;
  #opened: Promise<ServerInstance> | undefined;

  /** The address, on a free loopback port; the first call opens it and takes a few milliseconds. */
  async listen(): Promise<string> {
    this.#opened ??= this.#open();
    return (await this.#opened).url;
  }

  async #open(): Promise<ServerInstance> {
    const { createServer } = await import('@copilotkit/aimock');
    const fixtures = [{ match: { predicate: () => true }, response: (request: Request) => this.#answer(request) }];
    const opened = await createServer(fixtures, { port: 0, host: '127.0.0.1' });
    const { server, journal } = opened;
    // The journal blots out credentials, and whether the credential arrives is what has to be seen.
    server.prependListener('request', (request) => {
      if (/^\/(chat|responses|models)\b/.test(request.url ?? '')) request.url = `/v1${request.url}`;
      const { url: path = '', headers } = request;
      const before = journal.getAll().length;
      this.requests.push({ path, headers, get body() { return journal.getAll()[before]?.body ?? null; } });
    });
    return opened;
  }

  /**
   * Sets the answers. By order: the n-th request gets the n-th answer, the last one is repeated. By turn: the answer is
   * chosen by the number of the model's own messages since the user's last one, so that conversations may overlap.
   */
  script(replies: readonly LlmReply[], by: 'order' | 'turn' = 'order'): void {
    this.#script = { replies, by, next: 0 };
  }

  /** Holds every answer back until `release`. */
  hold(): void {
    this.#gate ??= Promise.withResolvers<void>();
  }

  release(): void {
    this.#gate?.resolve();
    this.#gate = undefined;
  }

  async #answer({ messages }: Request): Promise<FixtureResponse> {
    const turn = messages.slice(messages.findLastIndex(({ role }) => role === 'user') + 1);
    const { replies, by } = this.#script;
    const index = by === 'order' ? this.#script.next++ : turn.filter(({ role }) => role === 'assistant').length;
    const reply = replies[index] ?? replies.at(-1) ?? { text: 'ok' };
    this.waiting += 1;
    await this.#gate?.promise;
    this.waiting -= 1;
    if ('text' in reply) return { content: reply.text };
    if ('error' in reply) return { error: { message: reply.error.message }, status: reply.error.status };
    return { toolCalls: reply.toolCalls.map((call) => ({ name: call.name, arguments: JSON.stringify(call.arguments) })) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.release();
    const { server } = (await this.#opened?.catch(() => undefined)) ?? {};
    server?.closeAllConnections();
    if (server?.listening) await server[Symbol.asyncDispose]();
  }
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
