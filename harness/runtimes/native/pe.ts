import type { ByteSource } from './byte-source.ts';
import { Malformed } from './malformed.ts';
import { truncated, type Executable } from './executable.ts';
import { readPeHeader } from './pe-header.ts';

/** Reads a Windows executable's headers; undefined when it is none. */
export async function readPe(source: ByteSource): Promise<Executable | undefined> {
  let platforms: string[] = [];
  try {
    const header = await readPeHeader(source);
    if (header === undefined) return undefined;
    platforms = [header.platform];
    const sections = await header.readSections();
    const cut = sections.find(({ start, sizeBytes }) => start > 0 && start + sizeBytes > source.sizeBytes);
    if (cut !== undefined) throw new Malformed(truncated('a section reaches', source.sizeBytes, cut.start + cut.sizeBytes));
    return { format: 'PE', platforms, sections: sections.map(({ name }) => name) };
  } catch (error) {
    if (error instanceof Malformed) return { format: 'PE', platforms, sections: [], damage: error.message };
    throw error;
  }
}
