import type { ByteSource } from './byte-source.ts';
import { fieldsOf } from './fields.ts';

// Linux Standard Base, "Symbol Versioning": Verneed and Vernaux have 16 bytes each and are chained by relative offsets.

/** Ten libraries with ten versions each take 2 KB. */
const limitBytes = 64_000;
const entryLimit = 4_000;

/** Where in the string table the names of the needed versions begin, for the chain that starts at `start` in the file. */
export async function readVersionNeeds(source: ByteSource, order: 'little' | 'big', start: number): Promise<number[]> {
  const fields = fieldsOf(await source.read(start, limitBytes), order, 'the list of needed versions');
  const names: number[] = [];
  let steps = 0;
  for (let library = 0, next = 1; next !== 0 && steps < entryLimit; library += next) {
    const count = fields.u16(library + 2);
    for (let index = 0, version = library + fields.u32(library + 8); index < count && steps < entryLimit; index += 1, steps += 1) {
      names.push(fields.u32(version + 8));
      version += fields.u32(version + 12);
    }
    next = fields.u32(library + 12);
    steps += 1;
  }
  return names;
}
