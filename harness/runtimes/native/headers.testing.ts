/** Small executables with real field layouts, made for tests: they can be read, not run. */

/** What an ELF file is made of; default: linux-amd64 without a pydata section. */
type ElfParts = {
  readonly machine?: number;
  readonly bootloader?: string | Buffer;
  /** The contents of the section of that name. */
  readonly pydata?: Buffer;
  readonly name?: string;
};

/** A 64-bit little-endian ELF file: header, contents, section names, section table. */
export function elfFile({ machine = 62, pydata, name = 'pydata', bootloader = 'code\0' }: ElfParts = {}): Buffer {
  const code = Buffer.from(bootloader);
  const names = Buffer.from(`\0.shstrtab\0${name}\0`);
  const content = pydata ?? Buffer.alloc(0);
  const header = Buffer.alloc(64);
  header.write('\x7fELF', 'latin1');
  header.set([2, 1, 1], 4);
  header.writeUInt16LE(2, 16);
  header.writeUInt16LE(machine, 18);
  header.writeBigUInt64LE(BigInt(64 + code.length + content.length + names.length), 40);
  header.writeUInt16LE(64, 58);
  header.writeUInt16LE(pydata === undefined ? 2 : 3, 60);
  header.writeUInt16LE(1, 62);
  const nameStart = 64 + code.length + content.length;
  const sections = [section(0, 0, 0, 0), section(1, 3, nameStart, names.length), section(11, 1, 64 + code.length, content.length)];
  return Buffer.concat([header, code, content, names, ...sections.slice(0, pydata === undefined ? 2 : 3)]);
}

function section(name: number, type: number, start: number, sizeBytes: number): Buffer {
  const entry = Buffer.alloc(64);
  entry.writeUInt32LE(name, 0);
  entry.writeUInt32LE(type, 4);
  entry.writeBigUInt64LE(BigInt(start), 24);
  entry.writeBigUInt64LE(BigInt(sizeBytes), 32);
  return entry;
}

/** A Windows executable with one section of 512 bytes, then `overlay`. */
export function peFile(machine = 0x8664, overlay: Buffer = Buffer.alloc(0)): Buffer {
  const start = Buffer.alloc(512);
  start.write('MZ', 'latin1');
  start.writeUInt32LE(128, 60);
  start.write('PE\0\0', 128, 'latin1');
  start.writeUInt16LE(machine, 132);
  start.writeUInt16LE(1, 134);
  start.writeUInt16LE(0, 148);
  start.writeUInt32LE(512, 152 + 16);
  start.writeUInt32LE(512, 152 + 20);
  return Buffer.concat([start, Buffer.alloc(512), overlay]);
}

/** A thin 64-bit Mach-O file whose only segment covers it. */
export function thinFile(processor = 0x0100000c): Buffer {
  const file = Buffer.alloc(4096);
  file.writeUInt32LE(0xfeedfacf, 0);
  file.writeUInt32LE(processor, 4);
  file.writeUInt32LE(1, 16);
  file.writeUInt32LE(72, 20);
  file.writeUInt32LE(0x19, 32);
  file.writeUInt32LE(72, 36);
  file.writeBigUInt64LE(0n, 72);
  file.writeBigUInt64LE(4096n, 80);
  return file;
}

/** A universal Mach-O file with an Intel and an ARM slice. */
export function fatFile(): Buffer {
  const head = Buffer.alloc(4096);
  head.writeUInt32BE(0xcafebabe, 0);
  head.writeUInt32BE(2, 4);
  for (const [index, processor] of [0x01000007, 0x0100000c].entries()) {
    head.writeUInt32BE(processor, 8 + index * 20);
    head.writeUInt32BE(4096 * (index + 1), 16 + index * 20);
    head.writeUInt32BE(4096, 20 + index * 20);
  }
  return Buffer.concat([head, thinFile(0x01000007), thinFile(0x0100000c)]);
}

/** PyInstaller's package: one blob for each type code, a table of contents, a cookie. */
export function archive(typeCodes: string, pythonVersion = 313): Buffer {
  const blob = Buffer.from('blob');
  const toc = Buffer.concat(Array.from(typeCodes).map((code, index) => tocEntry(code, index * blob.length, blob.length)));
  const blobs = Buffer.concat(Array.from(typeCodes).map(() => blob));
  const cookie = Buffer.alloc(88);
  cookie.set([0x4d, 0x45, 0x49, 0x0c, 0x0b, 0x0a, 0x0b, 0x0e]);
  cookie.writeUInt32BE(blobs.length + toc.length + 88, 8);
  cookie.writeUInt32BE(blobs.length, 12);
  cookie.writeUInt32BE(toc.length, 16);
  cookie.writeUInt32BE(pythonVersion, 20);
  cookie.write('libpython3.13.so.1.0', 24);
  return Buffer.concat([blobs, toc, cookie]);
}

function tocEntry(code: string, offset: number, lengthBytes: number): Buffer {
  const entry = Buffer.alloc(32);
  entry.writeUInt32BE(32, 0);
  entry.writeUInt32BE(offset, 4);
  entry.writeUInt32BE(lengthBytes, 8);
  entry.writeUInt32BE(lengthBytes, 12);
  entry.write(code, 17, 'latin1');
  entry.write(`entry ${code}`, 18);
  return entry;
}
