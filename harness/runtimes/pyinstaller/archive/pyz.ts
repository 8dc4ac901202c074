import type { Module } from '../../bundle.ts';
import type { ByteSource } from '../../native/byte-source.ts';
import { Malformed } from '../../native/errors.ts';
import { readMarshalled, type Marshalled } from './marshal.ts';

// PyInstaller, loader/pyimod01_archive.py: "PYZ\0", the interpreter's bytecode magic, where the table of contents starts.
const magic = Buffer.from('PYZ\0');
const headerBytes = 17;

/** 7,500 modules give 300 KB. */
const tocLimitBytes = 16_000_000;

const kinds = ['module', 'package', 'data', 'namespace package'] as const;

/** One entry of the archive of frozen modules; `offset` counts from the archive's first byte. "data" was written up to 5.13. */
export type PyzEntry = Pick<Module, 'name' | 'offset' | 'storedBytes'> & { readonly kind: (typeof kinds)[number] };

/** The archive of frozen modules. */
export type Pyz = {
  readonly entries: readonly PyzEntry[];
  /** The first two bytes of a .pyc file of the same Python, for example 3495 for 3.11. */
  readonly bytecodeMagic: number;
  /** Whether the code is encrypted, which PyInstaller could do up to 5.13; names and kinds are not. */
  readonly encrypted: boolean;
};

/** Reads the table of contents of the archive of frozen modules. Throws Malformed when it makes no sense. */
export async function readPyz(source: ByteSource): Promise<Pyz> {
  const header = await source.read(0, headerBytes);
  if (header.length < headerBytes || !header.subarray(0, 4).equals(magic)) {
    throw new Malformed('it does not begin as PyInstaller writes it');
  }
  const start = header.readInt32BE(8);
  const lengthBytes = source.sizeBytes - start;
  if (start < headerBytes || lengthBytes < 1) throw new Malformed('its table of contents would lie outside it');
  if (lengthBytes > tocLimitBytes) throw new Malformed(`its table of contents would have ${lengthBytes} bytes`);
  const toc = readMarshalled(await source.read(start, lengthBytes));
  if (!Array.isArray(toc)) throw new Malformed('its table of contents is no list');
  const entries = toc.map((entry: Marshalled) => readEntry(entry, start));
  return { entries, bytecodeMagic: header.readUInt16LE(4), encrypted: header[12] === 1 };
}

function readEntry(entry: Marshalled, end: number): PyzEntry {
  if (!Array.isArray(entry) || entry.length !== 2) throw new Malformed('an entry of its table of contents is no pair');
  const [name, place]: Marshalled[] = entry;
  if (typeof name !== 'string' || name === '' || !Array.isArray(place)) {
    throw new Malformed('an entry of its table of contents has no name or no place');
  }
  const [code, offset, storedBytes]: Marshalled[] = place;
  const kind = kinds[typeof code === 'boolean' ? Number(code) : typeof code === 'number' ? code : -1]; // old archives: is it a package?
  if (kind === undefined || typeof offset !== 'number' || typeof storedBytes !== 'number') {
    throw new Malformed(`its entry ${JSON.stringify(name)} has a kind or a place that makes no sense`);
  }
  if (offset < 0 || storedBytes < 0 || offset + storedBytes > end) throw new Malformed(`its entry ${JSON.stringify(name)} lies outside it`);
  return { name, kind, offset, storedBytes };
}
