import { Malformed } from '../../native/errors.ts';

// CPython, Python/marshal.c: one type byte, its high bit says that the value is given a number, then little-endian data.
const referenceFlag = 0x80;

/** A table of contents nests four deep. */
const depthLimit = 8;

/** A value that CPython's marshal wrote; tuples and lists alike are arrays, a dictionary is the array of its pairs. */
export type Marshalled = string | number | boolean | null | Buffer | readonly Marshalled[];

/**
 * Reads the types that a table of contents is made of: None, booleans, small integers, strings, bytes, tuples, lists,
 * dictionaries and references. No code objects, nothing is executed. Throws Malformed for anything else, for nesting
 * deeper than eight and for lengths that the bytes cannot hold, so memory stays in proportion to their number.
 */
export function readMarshalled(bytes: Buffer): Marshalled {
  let at = 0;
  const references: (Marshalled | undefined)[] = [];

  const take = (lengthBytes: number): number => {
    if (at + lengthBytes > bytes.length) throw new Malformed(`a marshalled value at byte ${at} reaches beyond the end`);
    at += lengthBytes;
    return at - lengthBytes;
  };
  const u8 = () => bytes.readUInt8(take(1));
  const u32 = () => bytes.readUInt32LE(take(4));
  const data = (lengthBytes: number) => {
    const start = take(lengthBytes);
    return bytes.subarray(start, start + lengthBytes);
  };
  const items = (count: number, depth: number, array: Marshalled[]): Marshalled[] => {
    if (count > bytes.length - at) throw new Malformed(`a marshalled sequence at byte ${at} claims ${count} items`);
    for (let index = 0; index < count; index += 1) array.push(value(depth + 1));
    return array;
  };
  const pairs = (depth: number, array: Marshalled[]): Marshalled[] => {
    while (bytes[at] !== '0'.charCodeAt(0)) array.push([value(depth + 1), value(depth + 1)]);
    at += 1;
    return array;
  };
  const referenced = (index: number): Marshalled => {
    const found = references[index];
    if (found === undefined) throw new Malformed(`a marshalled reference at byte ${at} points nowhere`);
    return found;
  };

  function value(depth: number): Marshalled {
    if (depth > depthLimit) throw new Malformed(`a marshalled value at byte ${at} is nested too deep`);
    const code = u8();
    const type = String.fromCharCode(code & ~referenceFlag);
    const slot = (code & referenceFlag) === 0 ? -1 : references.push(undefined) - 1;
    // A container takes its number before its items do, and they may refer to it.
    const numbered = <Value extends Marshalled>(read: Value): Value => {
      if (slot >= 0) references[slot] = read;
      return read;
    };
    switch (type) {
      case 'N': return numbered(null);
      case 'T': return numbered(true);
      case 'F': return numbered(false);
      case 'i': return numbered(bytes.readInt32LE(take(4)));
      case 'z': case 'Z': return numbered(data(u8()).toString('latin1'));
      case 'a': case 'A': return numbered(data(u32()).toString('latin1'));
      case 'u': case 't': return numbered(data(u32()).toString('utf8'));
      case 's': return numbered(data(u32()));
      case '(': case '[': return items(u32(), depth, numbered([]));
      case ')': return items(u8(), depth, numbered([]));
      case '{': return pairs(depth, numbered([]));
      case 'r': return referenced(u32());
      default: throw new Malformed(`a marshalled value at byte ${at - 1} has the unexpected type ${JSON.stringify(type)}`);
    }
  }

  return value(0);
}
