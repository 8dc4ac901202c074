import type { Client, WorkflowClient } from '@temporalio/client';
import type { LoadedDataConverter, Payload, PayloadCodec } from '@temporalio/common';
import { CouldNotJudge, messageOf } from '../model/errors.ts';
import type { HistoryEvent } from './history.ts';

/** An endpoint of Temporal's remote codec protocol. */
export type CodecEndpoint = { readonly url: string; readonly namespace: string; readonly authorization?: string | undefined };

/** An endpoint on loopback answers at once; one that does not is no worker's fault. */
const answerMs = 10_000;

/** The endpoint answered, and refused. */
class Refusal extends Error {}

/**
 * The worker's codec, asked at its endpoint: https://github.com/temporalio/samples-python/blob/main/encryption/codec_server.py
 * Its methods throw CouldNotJudge when it does not answer as the protocol says, and an Error when it alone cannot decode something that the
 * worker wrote: it decodes what it has encoded itself.
 */
export class RemoteCodec implements PayloadCodec {
  /** Why it could not be used, since the first time. */
  fault: string | undefined;
  readonly #endpoint: CodecEndpoint;

  constructor(endpoint: CodecEndpoint) {
    this.#endpoint = { ...endpoint, url: endpoint.url.replace(/\/$/, '') };
  }

  async encode(payloads: Payload[]): Promise<Payload[]> {
    return await this.#ask('encode', payloads).catch((error: unknown) => this.#failed(error));
  }

  async decode(payloads: Payload[]): Promise<Payload[]> {
    return await this.#ask('decode', payloads).catch(async (error: unknown) => {
      if (!(error instanceof Refusal) || !(await this.#isWell())) return this.#failed(error);
      throw new Error(`${error.message}, and it decodes what it has encoded itself: the worker's codec has another key, or is another one`);
    });
  }

  #failed(error: unknown): never {
    this.fault ??= messageOf(error);
    throw new CouldNotJudge(this.fault, { cause: error });
  }

  async #isWell(): Promise<boolean> {
    const own = [{ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('"as it was"') }];
    const back = await this.#ask('encode', own).then((encoded) => this.#ask('decode', encoded)).catch(() => []);
    return Buffer.from(back[0]?.data ?? []).equals(own[0]?.data ?? Buffer.of());
  }

  async #ask(what: 'encode' | 'decode', payloads: Payload[]): Promise<Payload[]> {
    const { url, namespace, authorization } = this.#endpoint;
    const headers = { 'content-type': 'application/json', 'x-namespace': namespace, ...(authorization && { authorization }) };
    const body = JSON.stringify({ payloads: payloads.map(toJson) });
    const whom = `the codec of the contract (codec: ${url})`;
    const answer = await fetch(`${url}/${what}`, { method: 'POST', headers, body, signal: AbortSignal.timeout(answerMs) })
      .then(async (response) => ({ status: response.status, text: await response.text() }))
      .catch((error: unknown) => {
        throw new Error(`${whom} does not answer: ${messageOf(error instanceof Error ? error.cause ?? error : error)}`, { cause: error });
      });
    if (answer.status >= 400) throw new Refusal(`${whom} answers /${what} with HTTP ${answer.status}: ${answer.text.slice(0, 200)}`);
    const given = payloadsIn(answer.text);
    if (given?.length === payloads.length) return given;
    throw new Refusal(`${whom} answers /${what} with something else than ${payloads.length} payloads: ${answer.text.slice(0, 200)}`);
  }
}

/** https://protobuf.dev/programming-guides/json/: bytes are base64. */
function toJson({ metadata, data }: Payload) {
  const about = Object.entries(metadata ?? {}).map(([key, value]) => [key, Buffer.from(value).toString('base64')] as const);
  return { metadata: Object.fromEntries(about), data: Buffer.from(data ?? []).toString('base64') };
}

function payloadsIn(text: string): Payload[] | undefined {
  try {
    const { payloads }: { payloads: readonly { metadata?: Record<string, string>; data?: string }[] } = JSON.parse(text);
    return payloads.map(({ metadata = {}, data = '' }) => ({
      metadata: Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, Buffer.from(value, 'base64')])),
      data: Buffer.from(data, 'base64'),
    }));
  } catch {
    return undefined;
  }
}

/** A client, or its part for workflows. */
export type AnyClient = Client | WorkflowClient;

/** A client of the SDK has its codecs in a property that its types keep for itself. */
function codecsOf(client: AnyClient): readonly PayloadCodec[] {
  const { payloadCodecs }: LoadedDataConverter = Reflect.get(client, 'dataConverter');
  return payloadCodecs;
}

/** Why a client's codec could not be used; undefined where it could, or there is none. */
export function codecFault(client: AnyClient): string | undefined {
  return codecsOf(client).map((codec) => (codec instanceof RemoteCodec ? codec.fault : undefined)).find((fault) => fault !== undefined);
}

/** A payload as the server has it. */
export type Bare = { readonly metadata?: Readonly<Record<string, Uint8Array>> | null; readonly data?: Uint8Array | null };

/** Payloads without what the codec has made of them, for comparison; what nobody can decode stays as it is. */
export async function decodePayloads(client: AnyClient, payloads: readonly Bare[]): Promise<readonly Bare[]> {
  const [codec] = codecsOf(client);
  if (codec === undefined || payloads.length === 0) return payloads;
  const whole = payloads.map(({ metadata, data }) => ({ metadata: metadata ?? null, data: data ?? null }));
  return await codec.decode(whole).catch((error: unknown) => {
    if (error instanceof CouldNotJudge) throw error;
    return payloads;
  });
}

type Failure = { readonly message?: string | null; readonly encodedAttributes?: Bare | null } | null | undefined;

/** What a failure says, which a codec may have made unreadable; undefined where it says nothing. */
export async function messageIn(client: AnyClient, failure: Failure): Promise<string | undefined> {
  if (!failure?.encodedAttributes) return failure?.message ?? undefined;
  const [decoded] = await decodePayloads(client, [failure.encodedAttributes]);
  try {
    const { message }: { message?: unknown } = JSON.parse(Buffer.from(decoded?.data ?? []).toString());
    return typeof message === 'string' ? message : failure.message ?? undefined;
  } catch {
    return failure.message ?? undefined;
  }
}

/** The events of a history with their payloads decoded, for comparison. */
export async function decodeEvents(client: AnyClient, events: readonly HistoryEvent[]): Promise<readonly HistoryEvent[]> {
  if (codecsOf(client).length === 0) return events;
  const encoded = payloadsBelow(events);
  const decoded = await decodePayloads(client, encoded);
  const instead = new Map<object, Bare | undefined>(encoded.map((payload, index) => [payload, decoded[index]]));
  return events.map((event): HistoryEvent => Object.assign({}, event, entriesWith(event, instead)));
}

const isPayload = (value: object): value is Bare => 'data' in value && Object.hasOwn(Object(Reflect.get(value, 'metadata')), 'encoding');

const isBranch = (value: unknown): value is object => typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);

function payloadsBelow(value: unknown): Bare[] {
  if (!isBranch(value)) return [];
  return isPayload(value) ? [value] : Object.values(value).flatMap(payloadsBelow);
}

type Instead = ReadonlyMap<object, Bare | undefined>;

const entriesWith = (value: object, instead: Instead): object => (
  Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withOthers(item, instead)]))
);

/** A copy in which what is known has another in its place; what holds nothing of that is not copied. */
function withOthers(value: unknown, instead: Instead): unknown {
  if (!isBranch(value)) return value;
  const own = instead.get(value);
  if (own !== undefined || payloadsBelow(value).length === 0) return own ?? value;
  return Array.isArray(value) ? value.map((item) => withOthers(item, instead)) : entriesWith(value, instead);
}
