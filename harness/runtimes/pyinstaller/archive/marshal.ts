import { Malformed } from '../../native/errors.ts';

// CPython, Python/marshal.c: one type byte, its high bit says that the value is given a number, then little-endian data.
const referenceFlag = 0x80;

/** A table of contents nests four deep. */
const depthLimit = 8;

/** Each function nests its constants two deep in those of the one around it. */
const codeDepthLimit = 200;

/** What Python 3.11 and later keep of a code object and is of use without running it. */
export type MarshalledCode = {
  readonly bytecode: Buffer; readonly constants: readonly Marshalled[]; readonly names: readonly Marshalled[];
  readonly exceptionTable: Buffer;
};

/** A value that CPython's marshal wrote; tuples, lists and sets alike are arrays, a dictionary is the array of its pairs. */
export type Marshalled = string | number | boolean | null | Buffer | MarshalledCode | readonly Marshalled[];

/**
 * Reads the types that a table of contents is made of: None, booleans, small integers, strings, bytes, tuples, lists,
 * dictionaries and references. Nothing is executed. Throws Malformed for anything else, for nesting deeper than eight and for lengths
 * that the bytes cannot hold, so memory stays in proportion to their number.
 */
export function readMarshalled(bytes: Buffer): Marshalled {
  return read(bytes, depthLimit, false);
}

/**
 * Reads a module as CPython 3.11, 3.12 or 3.13 compiled it, with the functions in it: Python/marshal.c, `r_object`, TYPE_CODE. Numbers
 * that are of no use here are null. Throws Malformed for what is none.
 */
export function readMarshalledCode(bytes: Buffer): MarshalledCode {
  const code = read(bytes, codeDepthLimit, true);
  if (!isMarshalledCode(code)) throw new Malformed('it is no code object');
  return code;
}

export function isMarshalledCode(value: Marshalled | undefined): value is MarshalledCode {
  return typeof value === 'object' && value !== null && 'bytecode' in value;
}

function read(bytes: Buffer, deepest: number, withCode: boolean): Marshalled {
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
    if (depth > deepest) throw new Malformed(`a marshalled value at byte ${at} is nested too deep`);
    const code = u8();
    const type = String.fromCharCode(code & ~referenceFlag);
    const slot = (code & referenceFlag) === 0 ? -1 : references.push(undefined) - 1;
    // A container takes its number before its items do, and they may refer to it.
    const numbered = <Value extends Marshalled>(found: Value): Value => {
      if (slot >= 0) references[slot] = found;
      return found;
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
      default:
        if (withCode) return numbered(ofCode(type, depth));
        throw new Malformed(`a marshalled value at byte ${at - 1} has the unexpected type ${JSON.stringify(type)}`);
    }
  }

  /** What only code objects have in them. Of a code object itself the number comes after its parts: nothing in it refers to it. */
  function ofCode(type: string, depth: number): Marshalled {
    switch (type) {
      case 'c': return codeObject(depth);
      case '<': case '>': return items(u32(), depth, []);
      case '.': case 'S': return null;
      case 'l': return skipped(2 * Math.abs(bytes.readInt32LE(take(4))));
      case 'g': case 'I': return skipped(8);
      case 'y': return skipped(16);
      default: throw new Malformed(`a marshalled value at byte ${at - 1} has the unexpected type ${JSON.stringify(type)}`);
    }
  }
  function skipped(lengthBytes: number): null {
    take(lengthBytes);
    return null;
  }
  function codeObject(depth: number): MarshalledCode {
    take(5 * 4); // three counts of arguments, the size of the stack, flags
    const [bytecode, constants, names] = [value(depth + 1), value(depth + 1), value(depth + 1)];
    for (let part = 0; part < 5; part += 1) value(depth + 1); // names and kinds of local variables, file, name, qualified name
    take(4); // its first line
    value(depth + 1); // lines
    const exceptionTable = value(depth + 1);
    if (!Buffer.isBuffer(bytecode) || !Array.isArray(constants) || !Array.isArray(names) || !Buffer.isBuffer(exceptionTable)) {
      throw new Malformed(`a code object before byte ${at} has parts of other types`);
    }
    return { bytecode, constants, names, exceptionTable };
  }

  return value(0);
}
