import { Malformed } from './malformed.ts';

/** The numbers in a piece of a file; all throw Malformed beyond its end. */
export type Fields = {
  readonly lengthBytes: number;
  readonly u8: (offset: number) => number;
  readonly u16: (offset: number) => number;
  readonly u32: (offset: number) => number;
  /** Exact up to 2^53; what is larger lies beyond every file. */
  readonly u64: (offset: number) => number;
  /** The bytes from `offset` up to a NUL, as text. */
  readonly text: (offset: number, limitBytes?: number) => string;
};

/** A name in a symbol or section table; longer ones are cut. */
const nameLimitBytes = 1024;

/** Reads the numbers of `bytes` in one byte order; `part` names the bytes in errors, for example "the ELF header". */
export function fieldsOf(bytes: Buffer, order: 'little' | 'big', part: string): Fields {
  const little = order === 'little';
  const at = (offset: number, lengthBytes: number): number => {
    if (offset >= 0 && offset + lengthBytes <= bytes.length) return offset;
    throw new Malformed(`${part} is cut off`);
  };
  return {
    lengthBytes: bytes.length,
    u8: (offset) => bytes.readUInt8(at(offset, 1)),
    u16: (offset) => (little ? bytes.readUInt16LE(at(offset, 2)) : bytes.readUInt16BE(at(offset, 2))),
    u32: (offset) => (little ? bytes.readUInt32LE(at(offset, 4)) : bytes.readUInt32BE(at(offset, 4))),
    u64: (offset) => Number(little ? bytes.readBigUInt64LE(at(offset, 8)) : bytes.readBigUInt64BE(at(offset, 8))),
    text: (offset, limitBytes = nameLimitBytes) => {
      const limit = Math.min(bytes.length, at(offset, 0) + limitBytes);
      const end = bytes.subarray(0, limit).indexOf(0, offset);
      return bytes.toString('utf8', offset, end < 0 ? limit : end);
    },
  };
}
