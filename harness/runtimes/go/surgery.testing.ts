import { inMemory } from '../native/byte-source.ts';
import { readDataLayout } from './build-info.ts';

const magic = Buffer.from('\xff Go buildinf:', 'latin1');

/** Where the build info of a program lies. */
export async function infoStart(program: Buffer): Promise<number> {
  const layout = await readDataLayout(inMemory(program));
  const start = program.indexOf(magic, layout?.info?.offset);
  if (start < 0) throw new Error('no build info');
  return start;
}

/** The program with other bytes at `offset`; what lies there goes. */
export function withBytes(program: Buffer, offset: number, bytes: Buffer): Buffer {
  const changed = Buffer.from(program);
  bytes.copy(changed, offset);
  return changed;
}

/** The ELF file without the table of its sections: loaders do not need it. */
export function withoutSections(program: Buffer): Buffer {
  return withBytes(withBytes(program, 40, Buffer.alloc(8)), 60, Buffer.alloc(4));
}

/** Framed as Go's linker frames the list of modules. */
export function framed(text: string): Buffer {
  return Buffer.concat([Buffer.alloc(16, 'a'), Buffer.from(text), Buffer.alloc(16, 'z')]);
}

/** As since Go 1.18: two texts, each behind its length, behind the header. */
export function inlineInfo(version: string, modules: Buffer): Buffer {
  const header = Buffer.alloc(32);
  magic.copy(header);
  header.set([8, 2], 14);
  return Buffer.concat([header, varint(version.length), Buffer.from(version), varint(modules.length), modules]);
}

/** A number in seven bits a byte, the lowest first. */
export function varint(number: number): Buffer {
  const bytes: number[] = [];
  let rest = number;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
}

/** As before Go 1.18: two pointers in the header to two pointers with lengths. The program's own texts, seen at addresses. */
export async function withPointers(program: Buffer, version: string, modules: Buffer, width: 4 | 8, order: 'little' | 'big') {
  const start = await infoStart(program);
  const region = (await readDataLayout(inMemory(program)))?.regions
    .find(({ offset, sizeBytes }) => start >= offset && start < offset + sizeBytes);
  if (region === undefined) throw new Error('no region');
  const address = region.address + start - region.offset;
  const number = (value: number) => {
    const bytes = Buffer.alloc(8);
    if (width === 8 && order === 'little') bytes.writeBigUInt64LE(BigInt(value));
    if (width === 8 && order === 'big') bytes.writeBigUInt64BE(BigInt(value));
    if (width === 4 && order === 'little') bytes.writeUInt32LE(value);
    if (width === 4 && order === 'big') bytes.writeUInt32BE(value);
    return bytes.subarray(0, width);
  };
  const header = Buffer.alloc(32);
  Buffer.concat([
    magic, Buffer.from([width, order === 'big' ? 1 : 0]), number(address + 32), number(address + 32 + 2 * width),
  ]).copy(header);
  const texts = address + 32 + 4 * width;
  return withBytes(program, start, Buffer.concat([
    header, number(texts), number(version.length), number(texts + version.length), number(modules.length), Buffer.from(version), modules,
  ]));
}
