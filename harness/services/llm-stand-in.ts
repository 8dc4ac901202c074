import type { IncomingHttpHeaders } from 'node:http';
import type { ChatCompletionRequest, FixtureResponse } from '@copilotkit/aimock';
import type { LlmReply } from '../contract/execution-schema.ts';

/** One request as it arrived, with its headers untouched. */
type LlmRequest = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: unknown };

type Request = Pick<ChatCompletionRequest, 'messages'>;

const ok: LlmReply = { text: 'ok' };

/**
 * The model of one launch, outside the subject: answers come from a script and can be held back, every request is recorded.
 * It listens where the contract lists the service, and speaks the Anthropic and the OpenAI API.
 */
export class LlmStandIn implements AsyncDisposable {
  readonly requests: LlmRequest[] = [];
  #script: readonly LlmReply[] = [ok];
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
    const fixtures = [{ match: { predicate: () => true }, response: (request: Request) => this.#answer(request) }];
    const { server, journal, url: address } = await createServer(fixtures, { port: 0, host: '127.0.0.1' });
    // The journal blots out credentials, and whether the credential arrives is what has to be seen.
    server.prependListener('request', (request) => {
      if (/^\/(chat|responses|models)\b/.test(request.url ?? '')) request.url = `/v1${request.url}`;
      const { url: path = '', headers } = request;
      const before = journal.getAll().length;
      this.requests.push({ path, headers, get body() { return journal.getAll()[before]?.body ?? null; } });
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
    this.#script = replies.length > 0 ? replies : [ok];
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

  async #answer({ messages }: Request): Promise<FixtureResponse> {
    const turn = messages.slice(messages.findLastIndex(({ role }) => role === 'user') + 1);
    const index = this.#by === 'order' ? this.#next++ : turn.filter(({ role }) => role === 'assistant').length;
    const reply = this.#script[Math.min(index, this.#script.length - 1)] ?? ok;
    this.#waiting += 1;
    await this.#gate?.promise;
    this.#waiting -= 1;
    if ('text' in reply) return { content: reply.text };
    if ('error' in reply) return { error: { message: reply.error.message }, status: reply.error.status };
    return { toolCalls: reply.toolCalls.map((call) => ({ name: call.name, arguments: JSON.stringify(call.arguments) })) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.release();
    await (await this.#listening?.catch(() => undefined))?.close();
  }
}
