import type { ByteSource } from './byte-source.ts';
import { Malformed } from './malformed.ts';
import { truncated, type Executable } from './executable.ts';
import type { Fields } from './fields.ts';
import { readCommands, readSlices, type Slice } from './mach-o-slices.ts';

/** LC_SEGMENT_64: segment name, address, size, file offset and size, then its sections of 80 bytes each. */
const segment64 = 0x19;
const [segmentBytes, sectionBytes, sectionLimit] = [72, 80, 255];

/** Reads a thin or universal Mach-O file's headers; undefined when it is no Mach-O file. */
export async function readMachO(source: ByteSource): Promise<Executable | undefined> {
  let platforms: string[] = [];
  const sections: string[] = [];
  try {
    const slices = await readSlices(source);
    if (slices === undefined) return undefined;
    platforms = slices.map(({ platform }) => platform);
    for (const slice of slices) {
      if (slice.end > source.sizeBytes) throw new Malformed(truncated('a slice reaches', source.sizeBytes, slice.end));
      for (const { type, fields } of await readCommands(source, slice)) {
        if (type === segment64) sections.push(...readSegment(source, slice, fields));
      }
    }
    return { format: 'Mach-O', platforms, sections };
  } catch (error) {
    if (error instanceof Malformed) return { format: 'Mach-O', platforms, sections, damage: error.message };
    throw error;
  }
}

/** The names of a segment's sections. Throws Malformed when it does not lie inside its slice. */
function readSegment(source: ByteSource, slice: Slice, fields: Fields): string[] {
  const end = fields.u64(40) + fields.u64(48);
  if (end > slice.end - slice.start) throw new Malformed(truncated('a segment reaches', source.sizeBytes, slice.start + end));
  const count = Math.min(fields.u32(64), sectionLimit);
  return Array.from({ length: count }, (_, index) => fields.text(segmentBytes + index * sectionBytes, 16));
}
