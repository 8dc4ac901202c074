import { partOf, type ByteSource, type Region } from '../native/byte-source.ts';
import * as elf from '../native/elf.ts';
import * as machO from '../native/mach-o.ts';
import { readPeHeader } from '../native/pe.ts';

/** Where an executable may keep Go's build info: the section that is named after it, else the first writable data. */
export type DataLayout = {
  readonly source: ByteSource;
  readonly regions: readonly Region[];
  readonly info: Pick<Region, 'offset' | 'sizeBytes'> | undefined;
};

/** That of an executable or of its first slice; undefined when it is none. Throws Malformed when its headers make no sense. */
export async function readDataLayout(source: ByteSource): Promise<DataLayout | undefined> {
  return (await elfLayout(source)) ?? (await machOLayout(source)) ?? (await peLayout(source));
}

async function elfLayout(source: ByteSource): Promise<DataLayout | undefined> {
  const header = await elf.readElfHeader(source);
  if (header === undefined) return undefined;
  const regions = (await elf.readSegments(source, header)).filter(({ type }) => type === 1);
  const named = (await elf.readSections(source, header)).find(({ name }) => name === '.go.buildinfo');
  const info = named ? { offset: named.start, sizeBytes: named.end - named.start } : regions.find(({ flags }) => (flags & 3) === 2);
  return { source, regions, info };
}

async function machOLayout(whole: ByteSource): Promise<DataLayout | undefined> {
  const [slice] = (await machO.readSlices(whole)) ?? [];
  if (slice === undefined) return undefined;
  const regions = await machO.readSegments(whole, slice);
  const info = regions.flatMap(({ sections }) => sections).find(({ name }) => name === '__go_buildinfo');
  return { source: partOf(whole, slice), regions, info };
}

// Microsoft, "PE Format": the image base; initialised data that is read and written, whatever its alignment.
async function peLayout(source: ByteSource): Promise<DataLayout | undefined> {
  const header = await readPeHeader(source);
  if (header === undefined || header.optional.lengthBytes === 0) return undefined;
  const base = header.optional.u16(0) === 0x20b ? header.optional.u64(24) : header.optional.u32(28);
  const regions = (await header.readSections()).map((section) => ({ ...section, address: base + section.address }));
  const info = regions.find(({ sizeBytes, characteristics }) => sizeBytes > 0 && (characteristics & 0xff0f_ffff) >>> 0 === 0xc000_0040);
  return { source, regions, info };
}
