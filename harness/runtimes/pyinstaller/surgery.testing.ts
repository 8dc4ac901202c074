import { deflateSync } from 'node:zlib';

/** An entry of PyInstaller's package with its stored bytes, to be changed and put together again. */
export type PackedEntry = {
  readonly name: Buffer;
  readonly typeCode: string;
  readonly stored: Buffer;
  readonly sizeBytes: number;
  readonly compressed: boolean;
};

/** A file with a package at its end, taken apart. */
export type Dissected = {
  readonly front: Buffer;
  readonly entries: readonly PackedEntry[];
  readonly cookie: Buffer;
  readonly rest: Buffer;
};

const magic = Buffer.from([0x4d, 0x45, 0x49, 0x0c, 0x0b, 0x0a, 0x0b, 0x0e]);

/** Where the parts of a file's package lie, from its first byte. */
export function places(file: Buffer) {
  const cookie = file.lastIndexOf(magic);
  const start = cookie + 88 - file.readUInt32BE(cookie + 8);
  return {
    cookie, start, toc: start + file.readUInt32BE(cookie + 12),
    tocEnd: start + file.readUInt32BE(cookie + 12) + file.readUInt32BE(cookie + 16),
  };
}

export function dissect(file: Buffer): Dissected {
  const { cookie, start, toc, tocEnd } = places(file);
  const entries: PackedEntry[] = [];
  for (let at = toc; at < tocEnd; at += file.readUInt32BE(at)) {
    const offset = start + file.readUInt32BE(at + 4);
    const name = file.subarray(at + 18, at + file.readUInt32BE(at));
    entries.push({
      name: name.subarray(0, name.indexOf(0)),
      stored: file.subarray(offset, offset + file.readUInt32BE(at + 8)),
      sizeBytes: file.readUInt32BE(at + 12),
      compressed: file[at + 16] === 1,
      typeCode: file.toString('latin1', at + 17, at + 18),
    });
  }
  return { front: file.subarray(0, start), entries, cookie: file.subarray(cookie, cookie + 88), rest: file.subarray(cookie + 88) };
}

/** The file again, with whatever entries it has now. */
export function assemble({ front, entries, cookie, rest }: Dissected): Buffer {
  const toc: Buffer[] = [];
  let offset = 0;
  for (const { name, typeCode, stored, sizeBytes, compressed } of entries) {
    const entry = Buffer.alloc(Math.ceil((18 + name.length + 1) / 16) * 16);
    for (const [index, value] of [entry.length, offset, stored.length, sizeBytes].entries()) entry.writeUInt32BE(value, index * 4);
    entry.writeUInt8(Number(compressed), 16);
    entry.write(typeCode, 17, 'latin1');
    name.copy(entry, 18);
    toc.push(entry);
    offset += stored.length;
  }
  const head = Buffer.from(cookie);
  const tocBytes = toc.reduce((sum, { length }) => sum + length, 0);
  head.writeUInt32BE(offset + tocBytes + 88, 8);
  head.writeUInt32BE(offset, 12);
  head.writeUInt32BE(tocBytes, 16);
  return Buffer.concat([front, ...entries.map(({ stored }) => stored), ...toc, head, rest]);
}

/** An entry with these contents. */
export function entryOf(name: string | Buffer, contents: string | Buffer, typeCode = 'x', compressed = true): PackedEntry {
  const bytes = Buffer.from(contents);
  return { name: Buffer.from(name), typeCode, stored: compressed ? deflateSync(bytes) : bytes, sizeBytes: bytes.length, compressed };
}

/** The file with one entry replaced by what `change` makes of it. */
export function withEntryChanged(file: Buffer, name: string, change: (entry: PackedEntry) => PackedEntry): Buffer {
  const parts = dissect(file);
  if (!parts.entries.some((entry) => entry.name.toString() === name)) throw new Error(`no entry ${name}`);
  return assemble({ ...parts, entries: parts.entries.map((entry) => (entry.name.toString() === name ? change(entry) : entry)) });
}

/** The file with more entries at the end of its package. */
export function withEntriesAdded(file: Buffer, ...added: readonly PackedEntry[]): Buffer {
  const parts = dissect(file);
  return assemble({ ...parts, entries: [...parts.entries, ...added] });
}

/** An archive of frozen modules with this marshalled table of contents. */
export function pyzOf(toc: Buffer, { tocOffset = 17, encrypted = false } = {}): Buffer {
  const header = Buffer.alloc(17);
  header.write('PYZ\0');
  header.writeUInt16LE(3495, 4);
  header.write('\r\n', 6);
  header.writeInt32BE(tocOffset, 8);
  header[12] = Number(encrypted);
  return Buffer.concat([header, toc]);
}
