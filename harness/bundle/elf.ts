import type { ByteSource } from './byte-source.ts';
import { truncated, type ByteRange, type Executable } from './executable.ts';

// System V ABI, chapter 4 (object files); all offsets below are its structures Elf32_* and Elf64_*.
const machines: Record<number, string> = { 3: '386', 40: 'arm', 62: 'amd64', 183: 'arm64', 243: 'riscv64', 21: 'ppc64', 22: 's390x' };
const systems: Record<number, string> = { 9: 'freebsd', 12: 'openbsd' };

/** A section name table is a few hundred bytes; a table of sections a few kilobytes. */
const tableLimitBytes = 4_000_000;

type Header = { readonly is64: boolean; readonly little: boolean; readonly bytes: Buffer };
type Section = { readonly name: number; readonly type: number; readonly start: number; readonly sizeBytes: number };

/** Reads an ELF file's header and section table; undefined when it is no ELF file. */
export async function readElf(source: ByteSource): Promise<Executable | undefined> {
  const bytes = await source.read(0, 64);
  if (!bytes.subarray(0, 4).equals(Buffer.from('\x7fELF'))) return undefined;
  const is64 = bytes[4] === 2;
  const headerBytes = is64 ? 64 : 52;
  if (bytes.length < headerBytes) {
    return { format: 'ELF', platforms: [], damage: truncated('the ELF header reaches', source.sizeBytes, headerBytes) };
  }
  const header: Header = { is64, little: bytes[5] === 1, bytes };
  const machine = half(header, bytes, 18);
  const platforms = [`${systems[bytes[7] ?? 0] ?? 'linux'}-${machines[machine] ?? `machine-${machine}`}`];
  return { format: 'ELF', platforms, ...(await readSections(source, header)) };
}

async function readSections(source: ByteSource, header: Header): Promise<Pick<Executable, 'damage' | 'package'>> {
  const { is64, bytes } = header;
  const start = word(header, bytes, is64 ? 40 : 32);
  const entryBytes = half(header, bytes, is64 ? 58 : 46);
  const count = half(header, bytes, is64 ? 60 : 48);
  if (start === 0) return {}; // stripped of its section table; loaders do not need one
  const end = start + entryBytes * count;
  if (end > source.sizeBytes) return { damage: truncated('the section header table lies', source.sizeBytes, end) };
  if (entryBytes < (is64 ? 64 : 40) || end - start > tableLimitBytes) return { damage: 'the section header table makes no sense' };
  const table = await source.read(start, end - start);
  const sections = Array.from({ length: count }, (_, index) => section(header, table.subarray(index * entryBytes)));
  const cut = sections.find(({ type, start: from, sizeBytes }) => type !== noBits && from + sizeBytes > source.sizeBytes);
  if (cut !== undefined) return { damage: truncated('a section reaches', source.sizeBytes, cut.start + cut.sizeBytes) };
  const found = await pydata(source, sections, half(header, bytes, is64 ? 62 : 50));
  return found === undefined ? {} : { package: found };
}

/** SHT_NOBITS: takes no room in the file. */
const noBits = 8;

async function pydata(source: ByteSource, sections: readonly Section[], namesIndex: number): Promise<ByteRange | undefined> {
  const table = sections[namesIndex];
  if (table === undefined) return undefined;
  const names = await source.read(table.start, Math.min(table.sizeBytes, tableLimitBytes));
  const wanted = Buffer.from('pydata\0');
  const found = sections.find(({ name }) => names.subarray(name, name + wanted.length).equals(wanted));
  return found === undefined ? undefined : { start: found.start, end: found.start + found.sizeBytes };
}

function section(header: Header, bytes: Buffer): Section {
  const at = header.is64 ? { start: 24, size: 32 } : { start: 16, size: 20 };
  return {
    name: header.little ? bytes.readUInt32LE(0) : bytes.readUInt32BE(0),
    type: header.little ? bytes.readUInt32LE(4) : bytes.readUInt32BE(4),
    start: word(header, bytes, at.start),
    sizeBytes: word(header, bytes, at.size),
  };
}

function half({ little }: Header, bytes: Buffer, offset: number): number {
  return little ? bytes.readUInt16LE(offset) : bytes.readUInt16BE(offset);
}

function word({ is64, little }: Header, bytes: Buffer, offset: number): number {
  if (is64) return Number(little ? bytes.readBigUInt64LE(offset) : bytes.readBigUInt64BE(offset));
  return little ? bytes.readUInt32LE(offset) : bytes.readUInt32BE(offset);
}
