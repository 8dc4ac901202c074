import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import type { Contract } from '../../contract/schema.ts';
import { parseReach } from '../../contract/reaches.ts';
import { modelsMeant, modelTitle } from '../../contract/services-schema.ts';
import type { Asked } from '../../services/conversation.ts';
import { formatOf } from '../../services/model-formats.ts';
import { heldSource, type Source } from '../../system/secrets/source.ts';
import { secretNames } from './given.ts';

/** The headers in which models are shown their keys. */
const keyHeaders: readonly string[] = ['authorization', 'x-api-key', 'api-key', 'x-goog-api-key', 'x-amz-security-token'];

/** What may stand in the address of a request to Gemini, as its first clients have it: https://ai.google.dev/api/all-methods */
const keyParameter = /(?<=[?&]key=)[^&]*/;

/**
 * What a launch sent to its models: addresses, headers and bodies. A model's key belongs into the header that the contract names
 * (`reaches: llm.header.NAME`) and into those that are made for keys; where the contract names none, any secret may be that key which is
 * not another model's.
 */
export function* askedOf(requests: readonly Asked[], contract: Contract | undefined): Generator<Source> {
  const services = contract?.services ?? [];
  const all = Object.entries(contract?.environment ?? {}).flatMap(([name, { reaches }]) => {
    const reach = reaches === undefined ? undefined : parseReach(reaches);
    return reach?.at === 'llm.header' ? [{ name, header: reach.name, models: modelsMeant(reach.model, services) }] : [];
  });
  const belongsInto = (header: string, service: string): readonly string[] => {
    const own = all.filter(({ models }) => models.includes(service));
    if (own.length > 0) return own.filter((each) => each.header === header || keyHeaders.includes(header)).map(({ name }) => name);
    return keyHeaders.includes(header) ? secretNames(contract).filter((secret) => all.every(({ name }) => name !== secret)) : [];
  };
  for (const [service, own] of Map.groupBy(requests, (request) => request.service)) {
    const whom = modelTitle(service, services);
    yield heldSource(`the address of a request to ${whom}`, [...new Set(own.map(({ path }) => path.replace(keyOf(path), '')))].join('\n'));
    const keys = own.map(({ path }) => keyOf(path)).join('\n');
    yield { ...heldSource(`the parameter key of a request to ${whom}`, keys), belongs: belongsInto('x-goog-api-key', service) };
    const headers = new Map<string, Set<string>>();
    for (const request of own) for (const [name, value] of Object.entries(request.headers)) {
      headers.set(name, (headers.get(name) ?? new Set()).add(String(value)));
    }
    yield heldSource(`the name of a header of a request to ${whom}`, [...headers.keys()].join('\n'));
    for (const [name, values] of headers) {
      yield { ...heldSource(`the header ${name} of a request to ${whom}`, [...values].join('\n')), belongs: belongsInto(name, service) };
    }
    for (const { bytes, headers: { 'content-encoding': encoding } } of own) {
      yield heldSource(`the body of a request to ${whom}`, opened(Buffer.concat(bytes), encoding));
    }
  }
}

const keyOf = (path: string): string => (formatOf(path.split('?')[0] ?? '')?.format.id === 'Gemini' && keyParameter.exec(path)?.[0]) || '';

const openers: Readonly<Record<string, readonly ((bytes: Buffer, limit: object) => Buffer)[]>> = {
  gzip: [gunzipSync], deflate: [inflateSync, inflateRawSync], br: [brotliDecompressSync],
};

/** The body without its content encoding, which need not begin with a mark. */
function opened(bytes: Buffer, encoding = ''): Buffer {
  for (const open of openers[encoding] ?? []) {
    try {
      return open(bytes, { maxOutputLength: 64_000_000 });
    } catch {
      continue; // the other way of reading it, or as it is
    }
  }
  return bytes;
}
