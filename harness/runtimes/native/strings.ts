import type { ByteSource } from './byte-source.ts';
import { Malformed } from './malformed.ts';
import { fieldsOf } from './fields.ts';

/** The names asked for mostly lie within some kilobytes; then one read gives them all. */
const spanLimitBytes = 256_000;
const stringBytes = 1024;

/** The NUL-terminated strings at `offsets`, read from low to high whatever their order: a compressed source only goes forward. */
export async function readStrings(source: ByteSource, offsets: readonly number[]): Promise<Map<number, string>> {
  const sorted = [...new Set(offsets)].sort((left, right) => left - right);
  const strings = new Map<number, string>();
  for (let index = 0; index < sorted.length; ) {
    const start = sorted[index] ?? 0;
    const together = sorted.slice(index).filter((offset) => offset - start < spanLimitBytes);
    const span = fieldsOf(await source.read(start, (together.at(-1) ?? start) - start + stringBytes), 'little', 'a name');
    if (span.lengthBytes === 0) throw new Malformed('a name lies beyond the end of the file');
    for (const offset of together) strings.set(offset, span.text(offset - start, stringBytes));
    index += together.length;
  }
  return strings;
}
