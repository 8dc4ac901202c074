import type { ByteSource } from './byte-source.ts';
import { Malformed } from './malformed.ts';
import { truncated } from './executable.ts';
import { fieldsOf, type Fields } from './fields.ts';

// Microsoft, "PE Format": MS-DOS stub, COFF file header, optional header, section table.
const machines: Record<number, string> = { 0x014c: '386', 0x8664: 'amd64', 0xaa64: 'arm64' };
const signature = Buffer.from('PE\0\0', 'latin1');

/** The stub in front of the header is a few hundred bytes. */
const stubLimitBytes = 1_000_000;
const sectionBytes = 40;

/** A section: where Windows puts it and where it lies in the file. */
export type PeSection = {
  readonly name: string;
  readonly address: number;
  readonly addressBytes: number;
  readonly start: number;
  readonly sizeBytes: number;
  /** IMAGE_SCN_ flags. */
  readonly characteristics: number;
};

/** A Windows executable's headers; the optional header has no fields when it is cut off or absent. */
export type PeHeader = { readonly platform: string; readonly optional: Fields; readonly readSections: () => Promise<PeSection[]> };

/** A Windows executable's headers; undefined when it is none. Throws Malformed when they are cut off. */
export async function readPeHeader(source: ByteSource): Promise<PeHeader | undefined> {
  const stub = await source.read(0, 64);
  if (stub.toString('latin1', 0, 2) !== 'MZ' || stub.length < 64) return undefined;
  const start = stub.readUInt32LE(60);
  if (start > stubLimitBytes) return undefined;
  const header = await source.read(start, 24);
  if (header.length < 24) throw new Malformed(truncated('the PE header reaches', source.sizeBytes, start + 24));
  if (!header.subarray(0, 4).equals(signature)) return undefined;
  const machine = header.readUInt16LE(4);
  const optionalBytes = header.readUInt16LE(20);
  return {
    platform: `windows-${machines[machine] ?? `machine-${machine}`}`,
    optional: fieldsOf(await source.read(start + 24, optionalBytes), 'little', 'the optional header'),
    readSections: () => readSections(source, start + 24 + optionalBytes, header.readUInt16LE(6)),
  };
}

async function readSections(source: ByteSource, start: number, count: number): Promise<PeSection[]> {
  const bytes = await source.read(start, count * sectionBytes);
  if (bytes.length < count * sectionBytes) throw new Malformed(
    truncated('the section table reaches', source.sizeBytes, start + count * sectionBytes),
  );
  const table = fieldsOf(bytes, 'little', 'the section table');
  return Array.from({ length: count }, (_, index) => {
    const at = index * sectionBytes;
    return {
      name: table.text(at, 8),
      addressBytes: table.u32(at + 8),
      address: table.u32(at + 12),
      sizeBytes: table.u32(at + 16),
      start: table.u32(at + 20),
      characteristics: table.u32(at + 36),
    };
  });
}
