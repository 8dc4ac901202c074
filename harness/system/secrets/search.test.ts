import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { finderOf } from './finder.ts';
import { searchAll, type Searched } from './search.ts';
import { fileSource, heldSource, type Source } from './source.ts';

const key = 'sk-Qm7xZpL0vT3bW9yK2nDfRgHs5Jc8UeAo4iVt';
const find = finderOf([{ name: 'KEY', value: key }]);
const search = (contents: string | Buffer): Promise<Searched> => searchAll([heldSource('a place', contents)], find);
const encodingsIn = async (contents: string | Buffer): Promise<string[]> =>
  (await search(contents)).sightings.map(({ encoding }) => encoding);

/** One member of a zip file, deflated. */
function zip(name: string, contents: string): Buffer {
  const [data, header] = [deflateRawSync(contents), Buffer.alloc(30)];
  header.write('PK\x03\x04', 'latin1');
  header.writeUInt16LE(8, 8);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, Buffer.from(name), data]);
}

const state = `${'{"n":1}\n'.repeat(500)}${key}${'{"n":2}\n'.repeat(500)}`;

test.for<[string, Buffer, string]>([
  ['gzip', gzipSync(state), 'plain in gzip'],
  ['gzip behind other bytes', Buffer.concat([randomBytes(100), gzipSync(state), randomBytes(100)]), 'plain in gzip'],
  ['zlib', deflateSync(state), 'plain in zlib'],
  ['zstd', zstdCompressSync(gzipSync(state)), 'plain in gzip in zstd'],
  ['a member of a zip file', Buffer.concat([zip('a.txt', 'nothing'), zip('b.txt', state)]), 'plain in zip'],
  ['gzip in gzip', gzipSync(gzipSync(state)), 'plain in gzip in gzip'],
  ['base64 of gzip', Buffer.from(JSON.stringify({ state: gzipSync(state).toString('base64') })), 'plain in gzip in base64'],
  ['base64 of zlib', Buffer.from(JSON.stringify({ state: deflateSync(state).toString('base64') })), 'plain in zlib in base64'],
  ['hexadecimal of gzip', Buffer.from(`\\x${gzipSync(state).toString('hex')}`), 'plain in gzip in hex'],
  ['gzip that was cut off', gzipSync(Buffer.concat([Buffer.from(state), randomBytes(100_000)])).subarray(0, 60_000), 'plain in gzip'],
])('%s', async ([, contents, encoding]) => expect(await encodingsIn(contents)).toEqual([encoding]));

test('the second of two streams is opened too, and each stream once', async () => {
  const twice = Buffer.concat([gzipSync('nothing'), Buffer.from(' and '), gzipSync(state)]);
  const { sightings } = await search(twice);
  const at = twice.lastIndexOf(Buffer.from([0x1f, 0x8b, 8]));
  expect(sightings).toEqual([{ name: 'KEY', encoding: 'plain in gzip', place: 'a place', at }]);
});

test('what a bomb holds is opened so far and no further, and that is said', async () => {
  const { unread, sightings } = await search(gzipSync(Buffer.alloc(70_000_000)));
  expect(sightings).toEqual([]);
  expect(unread).toEqual(['the rest of what is compressed in a place at byte 0']);
});

test('a file is read by the window, and what stands on its border is found where it is; a file that is gone has nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'frostgate-search-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'large');
  const at = 1_048_576 - 10;
  const bytes = Buffer.alloc(3_000_000, 'x y ');
  bytes.write(key, at);
  writeFileSync(file, bytes);
  const { sightings, bytes: count } = await searchAll([fileSource('large', file), fileSource('gone', join(folder, 'gone'))], find);
  expect(sightings).toEqual([{ name: 'KEY', encoding: 'plain', place: 'large', at }]);
  expect(count).toBe(bytes.length);
});

test('a secret may stand where it belongs, and nowhere else', async () => {
  const header: Source = { ...heldSource('its header', key), belongs: ['KEY'] };
  expect((await searchAll([header, heldSource('another', key)], find)).sightings.map(({ place }) => place)).toEqual(['another']);
});
