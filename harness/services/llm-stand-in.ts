import type { FixtureResponse } from '@copilotkit/aimock';
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
 * The model of one launch, outside the subject: answers come from a script and can be held back, every request is recorded.
 * It listens where the contract lists the service, and speaks the Anthropic and the OpenAI API.
 */
export class LlmStandIn implements AsyncDisposable {
  readonly requests: LlmRequest[] = [];
  #script: readonly LlmReply[] = [{ text: 'ok' }];
  #by: 'order' | 'turn' = 'order';
  #next = 0;
  #gate: PromiseWithResolvers<void> | undefined;
  #waiting = 0;
  #listening: Promise<{ readonly url: string; readonly close: () => Promise<void> }> | undefined;

  /** The address, on a free loopback port; the first call opens it and takes a few milliseconds. */
  async listen(): Promise<string> {
    this.#listening ??= this.#open();
    return (await this.#listening).url;
  }

  async #open(): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
    const { createServer } = await import('@copilotkit/aimock');
    const answer = async (request: { messages: readonly { role: string }[] }): Promise<FixtureResponse> => this.#answer(request);
    const { server, journal, url: address } = await createServer([{ match: { predicate: () => true }, response: answer }], {
      port: 0, host: '127.0.0.1',
    });
    // The journal blots out credentials, and whether the credential arrives is what has to be seen.
    server.prependListener('request', (request) => {
      if (/^\/(chat|responses|models)\b/.test(request.url ?? '')) request.url = `/v1${request.url}`;
      const { url: path = '', headers } = request;
      const before = journal.getAll().length;
      const entry: LlmRequest = { path, headers, get body() { return journal.getAll()[before]?.body ?? null; } };
      this.requests.push(entry);
    });
    return { url: address, close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    } };
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
    this.release();
    await (await this.#listening?.catch(() => undefined))?.close();
  }
}

function toFixture(reply: LlmReply): FixtureResponse {
  if ('text' in reply) return { content: reply.text };
  if ('error' in reply) return { error: { message: reply.error.message }, status: reply.error.status };
  return { toolCalls: reply.toolCalls.map((call) => ({ name: call.name, arguments: JSON.stringify(call.arguments) })) };
}
