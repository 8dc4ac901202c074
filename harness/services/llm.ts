import { createServer, type FixtureResponse } from '@copilotkit/aimock';
import type { Contract } from '../contract/schema.ts';

/** One scripted answer of the model, as the contract writes it. */
export type LlmReply = Contract['executions'][number]['llm'][number];

/** One request as it arrived, with its headers untouched. */
export type LlmRequest = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
};

/**
 * A model server outside the subject, one for each launch, which speaks the Anthropic and the OpenAI API. Every request is
 * recorded; answers come from a script and can be held back.
 */
export class LlmStandIn implements AsyncDisposable {
  readonly url: string;
  readonly requests: LlmRequest[] = [];
  readonly #close: () => Promise<void>;
  #script: readonly LlmReply[] = [{ text: 'ok' }];
  #by: 'order' | 'turn' = 'order';
  #next = 0;
  #gate: PromiseWithResolvers<void> | undefined;
  #waiting = 0;

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url;
    this.#close = close;
  }

  /** Starts a stand-in on a free loopback port; takes a few milliseconds. */
  static async start(): Promise<LlmStandIn> {
    const answer = async (request: { messages: readonly { role: string }[] }): Promise<FixtureResponse> => standIn.#answer(request);
    const instance = await createServer([{ match: { predicate: () => true }, response: answer }], { port: 0, host: '127.0.0.1' });
    const { server, journal } = instance;
    const standIn: LlmStandIn = new LlmStandIn(instance.url, async () => {
      standIn.release();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    });
    // The journal blots out credentials, and whether the credential arrives is what has to be seen.
    server.prependListener('request', (request) => {
      if (/^\/(chat|responses|models)\b/.test(request.url ?? '')) request.url = `/v1${request.url}`;
      const { url: path = '', headers } = request;
      const before = journal.getAll().length;
      const entry: LlmRequest = { path, headers, get body() { return journal.getAll()[before]?.body ?? null; } };
      standIn.requests.push(entry);
    });
    return standIn;
  }

  /**
   * Sets the answers. By order: the n-th request gets the n-th answer, the last one is repeated. By turn: the answer is
   * chosen by the number of the model's own messages since the user's last one, so that conversations may overlap.
   */
  script(replies: readonly LlmReply[], by: 'order' | 'turn' = 'order'): void {
    this.#script = replies.length > 0 ? replies : [{ text: 'ok' }];
    this.#by = by;
    this.#next = 0;
  }

  /** Holds every answer back until `release`. */
  hold(): void {
    this.#gate ??= Promise.withResolvers<void>();
  }

  release(): void {
    this.#gate?.resolve();
    this.#gate = undefined;
  }

  /** Requests that are being held back now. */
  get waiting(): number {
    return this.#waiting;
  }

  async #answer(request: { messages: readonly { role: string }[] }): Promise<FixtureResponse> {
    const turn = request.messages.slice(request.messages.findLastIndex((message) => message.role === 'user') + 1);
    const index = this.#by === 'order' ? this.#next++ : turn.filter((message) => message.role === 'assistant').length;
    const reply = this.#script[Math.min(index, this.#script.length - 1)] ?? { text: 'ok' };
    this.#waiting += 1;
    await this.#gate?.promise;
    this.#waiting -= 1;
    return toFixture(reply);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }
}

function toFixture(reply: LlmReply): FixtureResponse {
  if ('text' in reply) return { content: reply.text };
  if ('error' in reply) return { error: { message: reply.error.message }, status: reply.error.status };
  return { toolCalls: reply.toolCalls.map((call) => ({ name: call.name, arguments: JSON.stringify(call.arguments) })) };
}
