import type { ByteSource } from './byte-source.ts';
import { readCommands, readSlices, type LoadCommand } from './mach-o-slices.ts';
import type { NativeImage } from './native-image.ts';

// Apple, <mach-o/loader.h>: LC_LOAD_DYLIB, its weak, re-exported, lazy and upward forms.
const loads = new Set([0x0c, 0x80000018, 0x8000001f, 0x20, 0x80000023]);
const versionMinimum = 0x24; // LC_VERSION_MIN_MACOSX: the version follows
const buildVersion = 0x32; // LC_BUILD_VERSION: platform (1 is macOS), then the version

/** What each slice of a Mach-O file needs; undefined when it is no Mach-O file. */
export async function readMachONeeds(source: ByteSource): Promise<NativeImage[] | undefined> {
  const slices = await readSlices(source);
  if (slices === undefined) return undefined;
  const images: NativeImage[] = [];
  for (const slice of slices) {
    const commands = await readCommands(source, slice);
    const needs = commands.filter(({ type }) => loads.has(type)).map(({ fields }) => fields.text(fields.u32(8)));
    const versions = commands.flatMap(minimumMacos);
    images.push({ platform: slice.platform, needs, ...(versions[0] !== undefined && { minimumMacos: versions[0] }) });
  }
  return images;
}

function minimumMacos({ type, fields }: LoadCommand): string[] {
  if (type === versionMinimum) return [version(fields.u32(8))];
  return type === buildVersion && fields.u32(8) === 1 ? [version(fields.u32(12))] : [];
}

/** Packed as xxxx.yy.zz; a patch level of 0 is left out. */
function version(packed: number): string {
  const patch = packed & 0xff;
  return `${packed >>> 16}.${(packed >>> 8) & 0xff}${patch === 0 ? '' : `.${patch}`}`;
}
