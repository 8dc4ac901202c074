import type { ByteSource } from './byte-source.ts';
import { Malformed, truncated } from './errors.ts';

export type Order = 'little' | 'big';

/** The numbers in a piece of a file; all throw Malformed beyond its end. */
export type Fields = {
  readonly lengthBytes: number;
  readonly u16: (offset: number) => number;
  readonly u32: (offset: number) => number;
  /** Exact up to 2^53; what is larger lies beyond every file. */
  readonly u64: (offset: number) => number;
  /** The bytes from `offset` up to a NUL, as text. */
  readonly text: (offset: number, limitBytes?: number) => string;
  /** The entries of a table of `entryBytes` each, from `offset` on. */
  readonly rows: (count: number, entryBytes: number, offset?: number) => Fields[];
};

/** A name in a symbol or section table; longer ones are cut. */
const nameLimitBytes = 1024;

/** The names asked for mostly lie within some kilobytes; then one read gives them all. */
const spanLimitBytes = 256_000;

/** Reads the numbers of `bytes` in one byte order; `part` names the bytes in errors, for example "the ELF header". */
export function fieldsOf(bytes: Buffer, order: Order, part: string): Fields {
  const little = order === 'little';
  const at = (offset: number, lengthBytes: number): number => {
    if (offset >= 0 && offset + lengthBytes <= bytes.length) return offset;
    throw new Malformed(`${part} is cut off`);
  };
  return {
    lengthBytes: bytes.length,
    u16: (offset) => (little ? bytes.readUInt16LE(at(offset, 2)) : bytes.readUInt16BE(at(offset, 2))),
    u32: (offset) => (little ? bytes.readUInt32LE(at(offset, 4)) : bytes.readUInt32BE(at(offset, 4))),
    u64: (offset) => Number(little ? bytes.readBigUInt64LE(at(offset, 8)) : bytes.readBigUInt64BE(at(offset, 8))),
    text: (offset, limitBytes = nameLimitBytes) => {
      const limit = Math.min(bytes.length, at(offset, 0) + limitBytes);
      const end = bytes.subarray(0, limit).indexOf(0, offset);
      return bytes.toString('utf8', offset, end < 0 ? limit : end);
    },
    rows: (count, entryBytes, offset = 0) => {
      const start = at(offset, count * entryBytes);
      const row = (index: number) => bytes.subarray(start + index * entryBytes, start + (index + 1) * entryBytes);
      return Array.from({ length: count }, (_, index) => fieldsOf(row(index), order, part));
    },
  };
}

/** The fields of bytes that must all be there. Throws Malformed when they reach beyond the end of the source. */
export async function readFields(
  source: ByteSource, start: number, lengthBytes: number, order: Order, part: string, verb = 'reaches',
): Promise<Fields> {
  const bytes = await source.read(start, lengthBytes);
  if (bytes.length < lengthBytes) throw truncated(`${part} ${verb}`, source.sizeBytes, start + lengthBytes);
  return fieldsOf(bytes, order, part);
}

/** The NUL-terminated strings at `offsets`, read from low to high whatever their order: a compressed source only goes forward. */
export async function readStrings(source: ByteSource, offsets: readonly number[]): Promise<Map<number, string>> {
  const sorted = [...new Set(offsets)].sort((left, right) => left - right);
  const strings = new Map<number, string>();
  for (let index = 0; index < sorted.length; ) {
    const start = sorted[index] ?? 0;
    const together = sorted.slice(index).filter((offset) => offset - start < spanLimitBytes);
    const span = fieldsOf(await source.read(start, (together.at(-1) ?? start) - start + nameLimitBytes), 'little', 'a name');
    if (span.lengthBytes === 0) throw new Malformed('a name lies beyond the end of the file');
    for (const offset of together) strings.set(offset, span.text(offset - start));
    index += together.length;
  }
  return strings;
}
