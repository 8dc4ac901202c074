import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { inMemory, type ByteSource } from '../native/byte-source.ts';
import { inflatedSource } from './inflate.ts';

const contents = Buffer.concat(Array.from({ length: 60 }, (_, index) => Buffer.concat([randomBytes(20_000), Buffer.alloc(30_000, index)])));
const stored = deflateSync(contents, { level: 1 });

/** What is wrong with a whole stream. */
async function inflatedDamage(source: ByteSource, sizeBytes: number): Promise<string | undefined> {
  await using inflated = inflatedSource(source, sizeBytes);
  return await inflated.rest();
}

/** Counts the stored bytes that are read. */
function counted(bytes: Buffer): { source: ByteSource; readBytes: () => number } {
  let sum = 0;
  const read = async (offset: number, length: number) => {
    const part = bytes.subarray(offset, offset + length);
    sum += part.length;
    return part;
  };
  return { source: { sizeBytes: bytes.length, read }, readBytes: () => sum };
}

test('gives the same bytes as the contents, forwards, backwards and across chunks', async () => {
  await using source = inflatedSource(inMemory(stored), contents.length);
  const places = [
    [0, 64], [2_900_000, 50_000], [1_000, 100], [1_500_000, 400_000], [1_200_000, 10], [990_000, 30_000], [2_999_990, 100], [3_000_000, 10],
    [0, 3_000_000],
  ] as const;
  for (const [offset, length] of places) {
    expect(
      (await source.read(offset, length)).equals(contents.subarray(offset, offset + length)), `${length} bytes at ${offset}`,
    ).toBe(true);
  }
});

test('inflates only as far as it is read, and once for what lies in the first megabyte', async () => {
  const { source, readBytes } = counted(stored);
  await using inflated = inflatedSource(source, contents.length);
  await inflated.read(0, 64);
  expect(readBytes()).toBeLessThan(stored.length / 4);
  await inflated.read(1_500_000, 100);
  const once = readBytes();
  expect(once).toBeLessThan(stored.length * 0.8);
  await inflated.read(900_000, 1_000);
  expect(readBytes()).toBe(once);
});

test('says what is wrong with the stream', async () => {
  const short = inflatedSource(inMemory(stored), contents.length + 1);
  await expect(short.read(contents.length - 1, 2)).rejects.toThrow(`its compressed data end after ${contents.length} of ` +
    `${contents.length + 1} bytes`);
  const cut = inflatedSource(inMemory(stored.subarray(0, -10)), contents.length);
  await expect(cut.read(contents.length - 1, 1)).rejects.toThrow('its compressed data are damaged (zlib: unexpected end of file)');
  const noise = inflatedSource(inMemory(Buffer.from('no zlib stream at all')), 100);
  await expect(noise.read(0, 1)).rejects.toThrow('its compressed data are damaged (zlib: incorrect header check)');
});

test('the damage of a whole stream', async () => {
  expect(await inflatedDamage(inMemory(stored), contents.length)).toBeUndefined();
  expect(await inflatedDamage(inMemory(stored), contents.length - 1)).toBe(`it inflates to more than the ${contents.length - 1} bytes ` +
    'that it claims');
  expect(await inflatedDamage(inMemory(stored), contents.length + 1)).toBe(`it inflates to ${contents.length} bytes instead of ` +
    `${contents.length + 1}`);
  expect(await inflatedDamage(inMemory(Buffer.alloc(0)), 0)).toBe('its compressed data are damaged (zlib: unexpected end of file)');
});

test('what follows the end of a stream is left alone, wherever it begins', async () => {
  const small = deflateSync('text');
  for (const before of [small, deflateSync(randomBytes(65_536 - 16), { level: 0 })]) {
    const size = before === small ? 4 : 65_536 - 16;
    for (const behind of [1, 70_000, 300_000]) {
      expect(await inflatedDamage(inMemory(Buffer.concat([before, Buffer.alloc(behind, 7)])), size)).toBeUndefined();
    }
  }
});
