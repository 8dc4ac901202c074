import { Readable } from 'node:stream';
import {
  constants, createInflate, createInflateRaw, createZstdDecompress, type Inflate, type InflateRaw, type ZstdDecompress,
} from 'node:zlib';
import type { Source } from './source.ts';

/** Where compressed bytes begin, and how they are opened. */
export type Start = { readonly at: number; readonly how: 'gzip' | 'zlib' | 'zip' | 'zstd' };

const magic = {
  gzip: Buffer.from([0x1f, 0x8b, 0x08]), zip: Buffer.from('PK\x03\x04', 'latin1'), zstd: Buffer.from([0x28, 0xb5, 0x2f, 0xfd]),
};

/**
 * Where something compressed may begin: gzip and the members of a zip file anywhere, zlib and zstd, whose marks are too short or too
 * common, where a source begins.
 */
export function compressedStarts(bytes: Buffer, isBeginning: boolean): Start[] {
  const starts: Start[] = [];
  for (const how of ['gzip', 'zip'] as const) {
    for (let at = bytes.indexOf(magic[how]); at >= 0; at = bytes.indexOf(magic[how], at + 1)) starts.push({ at, how });
  }
  if (isBeginning && isZlib(bytes)) starts.push({ at: 0, how: 'zlib' });
  if (isBeginning && bytes.subarray(0, 4).equals(magic.zstd)) starts.push({ at: 0, how: 'zstd' });
  return starts.toSorted((a, b) => a.at - b.at);
}

/** RFC 1950, section 2.2: method 8, a window of 32 KB at most, and a check on both bytes. */
function isZlib(bytes: Buffer): boolean {
  const [method = 0, flags = 0] = bytes;
  return bytes.length > 8 && (method & 0x0f) === 8 && method >> 4 <= 7 && (method * 256 + flags) % 31 === 0;
}

/** More of one stream is not opened: a bomb must not hold up the run. */
export const inflatedAtMost = 64_000_000;

/** What came of opening a stream: how many compressed bytes it had, and whether there was more than is opened. */
export type Opened = { consumed: number; cut: boolean };

/** The contents of what begins at `start`, as far as they can be read; `opened` is told when they have been read to their end. */
export function inflated({ place, read }: Source, { at, how }: Start, opened: Opened): Source {
  return {
    place,
    async *read(from) {
      const header = await headerBytes(read(at), how);
      if (header === undefined) return;
      const engine = engines[how]();
      const input = Readable.from(read(at + header));
      input.on('error', (error) => engine.destroy(error));
      let seen = 0;
      try {
        for await (const chunk of input.pipe(engine)) {
          const bytes: Buffer = chunk;
          const skip = Math.max(0, from - seen);
          seen += bytes.length;
          if (skip < bytes.length) yield bytes.subarray(skip);
          if (seen < inflatedAtMost) continue;
          opened.cut = true;
          break;
        }
      } catch (error) {
        // Damaged, cut off or no such stream at all: what could be read has been read.
        if (!(error instanceof Error && 'code' in error)) throw error;
      } finally {
        opened.consumed = Math.max(opened.consumed, header + engine.bytesWritten);
        input.destroy();
        engine.destroy();
      }
    },
  };
}

type Engine = Inflate | InflateRaw | ZstdDecompress;

/** What was cut off is given as far as it goes. */
const cutOff = { finishFlush: constants.Z_SYNC_FLUSH };

/** Gzip too is opened behind its header: Node's own reader takes what follows a member for another one, and fails. */
const engines: Readonly<Record<Start['how'], () => Engine>> = {
  gzip: () => createInflateRaw(cutOff), zlib: () => createInflate(cutOff), zip: () => createInflateRaw(cutOff), zstd: createZstdDecompress,
};

/** The length of what stands before the compressed bytes; undefined where there are none. */
async function headerBytes(chunks: AsyncIterable<Buffer>, how: Start['how']): Promise<number | undefined> {
  for await (const bytes of chunks) {
    if (how === 'gzip') return gzipHeader(bytes);
    return how === 'zip' ? zipHeader(bytes) : 0;
  }
  return undefined;
}

/** A deflated member of a zip file (APPNOTE.TXT, section 4.3.7). */
function zipHeader(bytes: Buffer): number | undefined {
  if (bytes.length < 30 || bytes.readUInt16LE(8) !== 8) return undefined;
  return 30 + bytes.readUInt16LE(26) + bytes.readUInt16LE(28);
}

/** RFC 1952, section 2.3: ten bytes, then more as the flags say. */
function gzipHeader(bytes: Buffer): number | undefined {
  const flags = bytes[3] ?? 0;
  if (bytes.length < 18 || flags > 31) return undefined;
  let length = 10 + ((flags & 4) === 0 ? 0 : 2 + bytes.readUInt16LE(10));
  for (const text of [8, 16]) if ((flags & text) !== 0) length = bytes.indexOf(0, length) + 1;
  return length + ((flags & 2) === 0 ? 0 : 2);
}
