import { gzipSync, deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { smallText } from '../../contract/example.testing.ts';
import { parseContract } from '../../contract/load.ts';
import { finderOf } from '../../system/secrets/finder.ts';
import { searchAll } from '../../system/secrets/search.ts';
import { askedOf } from './asked.ts';

const [key, other] = ['a93f'.repeat(10), 'Zk47qLx0'.repeat(4)];
const find = finderOf([{ name: 'KEY', value: key }, { name: 'OTHER', value: other }]);
const contract = (reaches: string) => parseContract(`${smallText}services: [llm]
environment: { KEY: { secret: true${reaches} }, OTHER: { secret: true } }`, 'c');
const named = contract(', reaches: llm.header.x-key');

type Request = { service?: string; path?: string; headers?: Record<string, string>; bytes?: Buffer[] };

async function seen(request: Request, promised = named): Promise<string[]> {
  const requests = [{ service: 'llm', path: '/v1/messages', headers: {}, bytes: [], body: null, ...request }];
  const { sightings } = await searchAll(askedOf(requests, promised), find);
  return sightings.map(({ name, place }) => `${name} in ${place.replace(/ of a request.*/, '')}`);
}

test.for<[string, Parameters<typeof seen>[0], string[]]>([
  ['its key in its header', { headers: { 'x-key': key } }, []],
  ['its key as a bearer', { headers: { authorization: `Bearer ${key}` } }, []],
  ['its key in another header', { headers: { 'user-agent': `worker ${key}` } }, ['KEY in the header user-agent']],
  ['another secret in the header of the key', { headers: { authorization: other } }, ['OTHER in the header authorization']],
  ['its key in the body', { bytes: [Buffer.from(`{"system":"${key.slice(0, 9)}`), Buffer.from(`${key.slice(9)}"}`)] }, ['KEY in the body']],
  ['its key in a body that is compressed', { bytes: [gzipSync(key)], headers: { 'content-encoding': 'gzip' } }, ['KEY in the body']],
  ['in a body that is deflated', { bytes: [deflateRawSync(key)], headers: { 'content-encoding': 'deflate' } }, ['KEY in the body']],
  ['its key in the address', { path: `/v1/messages?trace=${encodeURIComponent(key)}` }, ['KEY in the address']],
  ['another secret in the address, encoded', { path: `/v1/${Buffer.from(other).toString('base64url')}` }, ['OTHER in the address']],
])('%s', async ([, request, found]) => expect(await seen(request)).toEqual(found));

test('the key of one model is a secret at another, and the first clients of Gemini bring it in the address', async () => {
  const two = parseContract(`${smallText}services: [llm, { name: gemini, kind: llm }]
environment: { KEY: { secret: true, reaches: llm.header.x-key }, OTHER: { secret: true, reaches: gemini.header.x-goog-api-key } }`, 'c');
  expect(await seen({ headers: { authorization: other } }, two)).toEqual(['OTHER in the header authorization']);
  const path = `/v1beta/models/m:generateContent?alt=sse&key=${other}`;
  expect(await seen({ path, service: 'gemini' }, two)).toEqual([]);
  expect(await seen({ path: path.replace(other, key), service: 'gemini' }, two)).toEqual(['KEY in the parameter key']);
});

test('where the contract names no header, any secret may be the key, in a header for keys', async () => {
  expect(await seen({ headers: { authorization: other, 'x-trace': other } }, contract(''))).toEqual(['OTHER in the header x-trace']);
});
