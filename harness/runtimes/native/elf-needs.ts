import type { ByteSource } from './byte-source.ts';
import { Malformed } from './malformed.ts';
import { readElfHeader, word, type ElfHeader } from './elf-header.ts';
import { fieldsOf } from './fields.ts';
import type { NativeImage } from './native-image.ts';
import { readStrings } from './strings.ts';
import { readVersionNeeds } from './elf-version-needs.ts';

// System V ABI, chapter 5: program header types and dynamic array tags.
const [load, dynamic, interp] = [1, 2, 3];
const [tagEnd, tagNeeded, tagStrings] = [0, 1, 5];
const tagVersionNeeds = 0x6ffffffe; // DT_VERNEED, Linux Standard Base, "Symbol Versioning"

/** A dynamic section has some 30 entries. */
const dynamicLimitBytes = 64_000;

/** A program header: what the loader maps and how, with PF_X, PF_W and PF_R as flags. */
export type Segment = {
  readonly type: number; readonly flags: number; readonly offset: number; readonly address: number; readonly sizeBytes: number;
};

/** What an ELF file needs; undefined when it is no ELF file. It reads what the loader reads, so a stripped section table is no matter. */
export async function readElfNeeds(source: ByteSource): Promise<NativeImage | undefined> {
  const header = await readElfHeader(source);
  if (header === undefined) return undefined;
  const segments = await readSegments(source, header);
  const interpreter = segments.find(({ type }) => type === interp);
  const path = interpreter && fieldsOf(await source.read(interpreter.offset, 1024), 'little', 'the interpreter').text(0);
  return { platform: header.platform, ...(path !== undefined && { interpreter: path }), ...(await readDynamic(source, header, segments)) };
}

/** An ELF file's program headers. Throws Malformed when they are cut off or make no sense. */
export async function readSegments(source: ByteSource, { is64, order, programs }: ElfHeader): Promise<Segment[]> {
  const { start, entryBytes, count } = programs;
  if (count > 0 && entryBytes < (is64 ? 56 : 32)) throw new Malformed('the program header table makes no sense');
  const table = fieldsOf(await source.read(start, entryBytes * count), order, 'the program header table');
  return Array.from({ length: count }, (_, index) => {
    const at = (offset: number) => word(is64, table, index * entryBytes + offset);
    const [type, flags] = [table.u32(index * entryBytes), table.u32(index * entryBytes + (is64 ? 4 : 24))];
    const [offset, address, sizeBytes] = is64 ? [at(8), at(16), at(32)] : [at(4), at(8), at(16)];
    return { type, flags, offset, address, sizeBytes };
  });
}

type Needs = Pick<NativeImage, 'needs' | 'versionNeeds' | 'glibc'>;

async function readDynamic(source: ByteSource, header: ElfHeader, segments: readonly Segment[]): Promise<Needs> {
  const segment = segments.find(({ type }) => type === dynamic);
  if (segment === undefined) return { needs: [] }; // a static program
  const entries = await readTags(source, header, segment);
  const one = (tag: number) => entries.find((entry) => entry.tag === tag)?.value;
  const [stringsAddress, versionsAddress] = [one(tagStrings), one(tagVersionNeeds)];
  if (stringsAddress === undefined) return { needs: [] };
  const strings = fileOffset(segments, stringsAddress);
  const needed = entries.filter(({ tag }) => tag === tagNeeded).map(({ value }) => strings + value);
  const versions = versionsAddress === undefined ? [] : await readVersionNeeds(source, header.order, fileOffset(segments, versionsAddress));
  const texts = await readStrings(source, [...needed, ...versions.map((offset) => strings + offset)]);
  const needs = needed.map((offset) => texts.get(offset) ?? '');
  const versionNeeds = [...new Set(versions.map((offset) => texts.get(strings + offset) ?? ''))].sort();
  const glibc = glibcFloor(versionNeeds);
  return { needs, ...(versionNeeds.length > 0 && { versionNeeds }), ...(glibc !== undefined && { glibc }) };
}

async function readTags(source: ByteSource, { is64, order }: ElfHeader, { offset, sizeBytes }: Segment) {
  const entryBytes = is64 ? 16 : 8;
  const fields = fieldsOf(await source.read(offset, Math.min(sizeBytes, dynamicLimitBytes)), order, 'the dynamic section');
  const entries: { readonly tag: number; readonly value: number }[] = [];
  for (let at = 0; at < Math.min(sizeBytes, dynamicLimitBytes); at += entryBytes) {
    const tag = word(is64, fields, at);
    if (tag === tagEnd) break;
    entries.push({ tag, value: word(is64, fields, at + entryBytes / 2) });
  }
  return entries;
}

function fileOffset(segments: readonly Segment[], address: number): number {
  const found = segments.find(
    (segment) => segment.type === load && address >= segment.address && address < segment.address + segment.sizeBytes,
  );
  if (found === undefined) throw new Malformed('the dynamic section points outside the file');
  return address - found.address + found.offset;
}

/** The newest of "GLIBC_2.x"; GLIBC_PRIVATE and GLIBC_ABI_… are no versions. */
function glibcFloor(versionNeeds: readonly string[]): string | undefined {
  const versions = versionNeeds.flatMap((version) => /^GLIBC_(\d[\d.]*)$/.exec(version)?.[1] ?? []);
  return versions.sort((left, right) => newness(left) - newness(right)).at(-1);
}

/** 2.2.5 comes before 2.34. */
function newness(version: string): number {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return major * 1e6 + minor * 1e3 + patch;
}
