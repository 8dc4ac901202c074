import type { ByteSource } from './byte-source.ts';
import { readElfNeeds } from './elf-needs.ts';
import type { Executable } from './executable.ts';
import { readElf } from './elf.ts';
import { readMachONeeds } from './mach-o-needs.ts';
import { readMachO } from './mach-o.ts';
import type { NativeImage } from './native-image.ts';
import { readPeNeeds } from './pe-needs.ts';
import { readPe } from './pe.ts';

/** The headers of an executable, library or extension module and whether it is whole; undefined when it is none of these. */
export async function readExecutable(source: ByteSource): Promise<Executable | undefined> {
  return (await readElf(source)) ?? (await readMachO(source)) ?? (await readPe(source));
}

/** What each of its images needs; undefined for what is no native file. Throws Malformed when that cannot be read. */
export async function readImages(source: ByteSource): Promise<readonly NativeImage[] | undefined> {
  const elf = await readElfNeeds(source);
  if (elf !== undefined) return [elf];
  const machO = await readMachONeeds(source);
  if (machO !== undefined) return machO;
  const pe = await readPeNeeds(source);
  return pe && [pe];
}
