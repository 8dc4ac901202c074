import type { ByteSource } from './byte-source.ts';
import { Malformed } from './malformed.ts';
import { truncated } from './executable.ts';
import { fieldsOf, type Fields } from './fields.ts';

// System V ABI, chapters 4 and 5: the structures Elf32_* and Elf64_*.
const machines: Record<number, string> = { 3: '386', 40: 'arm', 62: 'amd64', 183: 'arm64', 243: 'riscv64', 21: 'ppc64', 22: 's390x' };
const systems: Record<number, string> = { 9: 'freebsd', 12: 'openbsd' };

/** Where a table lies and how long it is. */
type Table = { readonly start: number; readonly entryBytes: number; readonly count: number };

/** What an ELF file's first 52 or 64 bytes say. */
export type ElfHeader = {
  readonly is64: boolean;
  readonly order: 'little' | 'big';
  /** As platformId names it, for example "linux-arm64". */
  readonly platform: string;
  readonly programs: Table;
  readonly sections: Table & { readonly namesIndex: number };
};

/** An ELF file's header, or undefined when it is no ELF file. Throws Malformed when the header is cut off. */
export async function readElfHeader(source: ByteSource): Promise<ElfHeader | undefined> {
  const bytes = await source.read(0, 64);
  if (!bytes.subarray(0, 4).equals(Buffer.from('\x7fELF'))) return undefined;
  const is64 = bytes[4] === 2;
  const headerBytes = is64 ? 64 : 52;
  if (bytes.length < headerBytes) throw new Malformed(truncated('the ELF header reaches', source.sizeBytes, headerBytes));
  const order = bytes[5] === 2 ? 'big' : 'little';
  const fields = fieldsOf(bytes, order, 'the ELF header');
  const machine = fields.u16(18);
  const counts = is64 ? 54 : 42;
  const table = (start: number, at: number): Table => ({
    start: word(is64, fields, start), entryBytes: fields.u16(at), count: fields.u16(at + 2),
  });
  return {
    is64,
    order,
    platform: `${systems[bytes[7] ?? 0] ?? 'linux'}-${machines[machine] ?? `machine-${machine}`}`,
    programs: table(is64 ? 32 : 28, counts),
    sections: { ...table(is64 ? 40 : 32, counts + 4), namesIndex: fields.u16(counts + 8) },
  };
}

/** A number as wide as the file's addresses. */
export function word(is64: boolean, fields: Fields, offset: number): number {
  return is64 ? fields.u64(offset) : fields.u32(offset);
}
