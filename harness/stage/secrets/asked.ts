import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import type { Contract } from '../../contract/schema.ts';
import { parseReach } from '../../contract/reaches.ts';
import type { Asked } from '../../services/conversation.ts';
import { heldSource, type Source } from '../../system/secrets/source.ts';
import { secretNames } from './given.ts';

/** The headers in which models are shown their keys. */
const keyHeaders: readonly string[] = ['authorization', 'x-api-key', 'api-key', 'x-goog-api-key'];

/**
 * What a launch sent to the model: addresses, headers and bodies. The model's key belongs into the header that the contract names
 * (`reaches: llm.header.NAME`) and into those that are made for keys; where the contract names none, any secret may be that key.
 */
export function* askedOf(requests: readonly Asked[], contract: Contract | undefined): Generator<Source> {
  const all = Object.entries(contract?.environment ?? {}).flatMap(([name, { reaches }]) => {
    const reach = reaches === undefined ? undefined : parseReach(reaches);
    return reach?.at === 'llm.header' ? [{ name, header: reach.name }] : [];
  });
  const belongsInto = (header: string): readonly string[] => {
    if (all.length === 0) return keyHeaders.includes(header) ? secretNames(contract) : [];
    return all.filter((each) => each.header === header || keyHeaders.includes(header)).map(({ name }) => name);
  };
  yield heldSource('the address of a request to the model', [...new Set(requests.map(({ path }) => path))].join('\n'));
  const headers = new Map<string, Set<string>>();
  for (const request of requests) for (const [name, value] of Object.entries(request.headers)) {
    headers.set(name, (headers.get(name) ?? new Set()).add(String(value)));
  }
  yield heldSource('the name of a header of a request to the model', [...headers.keys()].join('\n'));
  for (const [name, values] of headers) {
    yield { ...heldSource(`the header ${name} of a request to the model`, [...values].join('\n')), belongs: belongsInto(name) };
  }
  for (const { bytes, headers: { 'content-encoding': encoding } } of requests) {
    yield heldSource('the body of a request to the model', opened(Buffer.concat(bytes), encoding));
  }
}

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
