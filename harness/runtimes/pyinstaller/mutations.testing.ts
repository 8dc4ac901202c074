import { deflateSync, inflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { assemble, dissect, places, type PackedEntry } from './surgery.testing.ts';

/** One change to some bytes; positions are fractions, so that they fit whatever the bytes have become. */
export type Mutation =
  | { readonly kind: 'flip'; readonly at: number; readonly bit: number }
  | { readonly kind: 'number'; readonly at: number; readonly value: number; readonly bigEndian: boolean }
  | { readonly kind: 'cut'; readonly at: number }
  | { readonly kind: 'remove' | 'repeat'; readonly at: number; readonly length: number }
  | { readonly kind: 'splice'; readonly at: number; readonly from: number; readonly length: number };

/** Where to change: anywhere, in the parts that tell where others lie, or inside one entry, which is packed again with right lengths. */
export type Target = 'anywhere' | 'header' | 'toc' | 'cookie' | 'modules' | 'contents';

/** From 0 up to 1, every place as likely as any other. */
export const fraction: fc.Arbitrary<number> = fc.noBias(fc.integer({ min: 0, max: 999_999 })).map((millionths) => millionths / 1e6);

const at = fraction;
const length = fc.integer({ min: 1, max: 2_000 });
const telling = [0, 1, 2, 17, 0x7f, 0xff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff];
const value = fc.oneof(fc.constantFrom(...telling), fc.integer({ min: 0, max: 0xffffffff }));

export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('flip'), at, bit: fc.integer({ min: 0, max: 7 }) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('number'), at, value, bigEndian: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut'), at }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('remove', 'repeat'), at, length }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('splice'), at, from: at, length }) },
);

export const target: fc.Arbitrary<Target> = fc.constantFrom('anywhere', 'header', 'toc', 'cookie', 'modules', 'contents');

/** The file with all mutations made in `where`; `entry` says in which one of its entries. */
export function mutate(file: Buffer, where: Target, entry: number, mutations: readonly Mutation[], donor: Buffer): Buffer {
  const behindHeader = (pyz: Buffer) => Buffer.concat([pyz.subarray(0, 17), changed(pyz.subarray(17), mutations, donor)]);
  if (where === 'modules') return repacked(file, ({ typeCode }) => typeCode === 'z', 0, behindHeader);
  if (where === 'contents') return repacked(file, ({ compressed }) => compressed, entry, (contents) => changed(contents, mutations, donor));
  const { cookie, toc, tocEnd } = places(file);
  const [start, end] = { anywhere: [0, file.length], header: [0, 4_096], toc: [toc, tocEnd], cookie: [cookie, cookie + 88] }[where];
  return Buffer.concat([file.subarray(0, start), changed(file.subarray(start, end), mutations, donor), file.subarray(end)]);
}

function repacked(file: Buffer, wanted: (entry: PackedEntry) => boolean, index: number, change: (contents: Buffer) => Buffer): Buffer {
  const parts = dissect(file);
  const candidates = parts.entries.filter(wanted);
  const chosen = candidates[Math.floor(index * candidates.length)];
  const entries = parts.entries.map((entry) => {
    if (entry !== chosen) return entry;
    const contents = change(entry.compressed ? inflateSync(entry.stored) : entry.stored);
    return { ...entry, stored: entry.compressed ? deflateSync(contents, { level: 1 }) : contents, sizeBytes: contents.length };
  });
  return assemble({ ...parts, entries });
}

/** The bytes with all mutations made; `donor` gives those that are spliced in. */
export function changed(original: Buffer, mutations: readonly Mutation[], donor: Buffer): Buffer {
  let bytes = Buffer.from(original);
  for (const change of mutations) {
    const position = Math.floor(change.at * bytes.length);
    if (change.kind === 'cut') bytes = bytes.subarray(0, position);
    if (change.kind === 'flip' && bytes.length > 0) bytes.writeUInt8(bytes.readUInt8(position) ^ (1 << change.bit), position);
    if (change.kind === 'number' && bytes.length >= 4) {
      const where = Math.min(position, bytes.length - 4);
      bytes = Buffer.from(bytes);
      if (change.bigEndian) bytes.writeUInt32BE(change.value, where);
      else bytes.writeUInt32LE(change.value, where);
    }
    if (change.kind === 'remove') bytes = Buffer.concat([bytes.subarray(0, position), bytes.subarray(position + change.length)]);
    if (change.kind === 'repeat') bytes = Buffer.concat([bytes.subarray(0, position + change.length), bytes.subarray(position)]);
    if (change.kind === 'splice') {
      const from = Math.floor(change.from * donor.length);
      bytes = Buffer.concat([
        bytes.subarray(0, position), donor.subarray(from, from + change.length), bytes.subarray(position + change.length),
      ]);
    }
  }
  return bytes;
}
