import type { ByteSource } from './byte-source.ts';
import { truncated, type Executable } from './executable.ts';

// Microsoft, "PE Format": MS-DOS stub, COFF file header, section table.
const machines: Record<number, string> = { 0x014c: '386', 0x8664: 'amd64', 0xaa64: 'arm64' };
const signature = Buffer.from('PE\0\0', 'latin1');

/** The stub in front of the header is a few hundred bytes. */
const stubLimitBytes = 1_000_000;
const sectionBytes = 40;

/** Reads a Windows executable's headers; undefined when it is none. */
export async function readPe(source: ByteSource): Promise<Executable | undefined> {
  const stub = await source.read(0, 64);
  if (stub.toString('latin1', 0, 2) !== 'MZ' || stub.length < 64) return undefined;
  const start = stub.readUInt32LE(60);
  if (start > stubLimitBytes) return undefined;
  const header = await source.read(start, 24);
  if (header.length < 24) return { format: 'PE', platforms: [], damage: truncated('the PE header reaches', source.sizeBytes, start + 24) };
  if (!header.subarray(0, 4).equals(signature)) return undefined;
  const machine = header.readUInt16LE(4);
  const platforms = [`windows-${machines[machine] ?? `machine-${machine}`}`];
  const damage = await sectionDamage(source, start + 24 + header.readUInt16LE(20), header.readUInt16LE(6));
  return { format: 'PE', platforms, ...(damage === undefined ? {} : { damage }) };
}

async function sectionDamage(source: ByteSource, start: number, count: number): Promise<string | undefined> {
  const table = await source.read(start, count * sectionBytes);
  if (table.length < count * sectionBytes) return truncated('the section table reaches', source.sizeBytes, start + count * sectionBytes);
  for (let offset = 0; offset < table.length; offset += sectionBytes) {
    const from = table.readUInt32LE(offset + 20);
    const end = from + table.readUInt32LE(offset + 16);
    if (from > 0 && end > source.sizeBytes) return truncated('a section reaches', source.sizeBytes, end);
  }
  return undefined;
}
