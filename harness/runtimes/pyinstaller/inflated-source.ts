import { once } from 'node:events';
import { createInflate, type Inflate } from 'node:zlib';
import type { ByteSource } from '../native/byte-source.ts';
import { inflationDamage, isZlibError, tooLong } from './inflate-whole.ts';
import { Malformed } from '../native/malformed.ts';

/** Few steps for large libraries. What one piece inflates to, a thousandfold at most, is all in memory at once. */
const [blockBytes, pieceBytes, chunkBytes] = [262_144, 65_536, 262_144];

export type InflatedSource = ByteSource & {
  /** Inflates what is left, keeping nothing: what is wrong when it does not give exactly its size with the right checksum. */
  readonly rest: () => Promise<string | undefined>;
  readonly close: () => Promise<void>;
};

type Piece = { readonly start: number; readonly bytes: Buffer };

/** Headers, symbol names and version lists of most libraries lie here: they are read after what lies behind them. */
const headLimitBytes = 1_000_000;

/**
 * The contents of a zlib stream as a source of `sizeBytes`. Reading inflates as far as it must and keeps the first
 * megabyte and the last chunk only; reading back behind that begins anew. Reads must not overlap in time. Throws
 * Malformed when the stream is damaged or ends early; call `close` when done.
 */
export function inflatedSource(stored: ByteSource, sizeBytes: number): InflatedSource {
  let stream = inflate(stored);
  let kept: Piece[] = [];
  let inflatedBytes = 0;

  const advance = async (): Promise<void> => {
    const next = await stream.next();
    if (next.done === true) throw new Malformed(`its compressed data end after ${inflatedBytes} of ${sizeBytes} bytes`);
    const last = kept.at(-1);
    if (last !== undefined && last.start >= headLimitBytes) kept.pop();
    kept.push({ start: inflatedBytes, bytes: next.value });
    inflatedBytes += next.value.length;
  };
  const restart = async (): Promise<void> => {
    await stream.return(undefined);
    stream = inflate(stored);
    [kept, inflatedBytes] = [[], 0];
  };
  const read = async (offset: number, length: number): Promise<Buffer> => {
    const end = Math.min(offset + length, sizeBytes);
    if (end <= offset) return Buffer.alloc(0);
    const parts: Buffer[] = [];
    for (let at = offset; at < end; ) {
      const piece = kept.find(({ start, bytes }) => at >= start && at < start + bytes.length);
      const part = piece?.bytes.subarray(at - piece.start, end - piece.start);
      if (part !== undefined) parts.push(part);
      else if (at >= inflatedBytes) await advance();
      else await restart();
      at += part?.length ?? 0;
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  };
  const rest = async (): Promise<string | undefined> => {
    try {
      for (let next = await stream.next(); next.done !== true && inflatedBytes <= sizeBytes; next = await stream.next()) {
        inflatedBytes += next.value.length;
      }
    } catch (error) {
      if (error instanceof Malformed) return error.message;
      throw error;
    }
    if (inflatedBytes > sizeBytes) return tooLong(sizeBytes);
    return inflatedBytes === sizeBytes ? undefined : `it inflates to ${inflatedBytes} bytes instead of ${sizeBytes}`;
  };
  return { sizeBytes, read, rest, close: async () => void (await stream.return(undefined)) };
}

/** What is wrong with a zlib stream that does not give exactly `sizeBytes` with the right checksum. */
export async function inflatedDamage(stored: ByteSource, sizeBytes: number): Promise<string | undefined> {
  const contents = inflatedSource(stored, sizeBytes);
  try {
    return await contents.rest();
  } finally {
    await contents.close();
  }
}

/** Inflates a zlib stream piece by piece; what follows its end is left alone. Throws Malformed when it is damaged or cut off. */
async function* inflate(stored: ByteSource): AsyncGenerator<Buffer, undefined> {
  const inflater = createInflate({ chunkSize: chunkBytes });
  const ready: Buffer[] = [];
  inflater.on('data', (chunk: Buffer) => void ready.push(chunk));
  // A stream that has ended never says that it took what was written behind its end.
  const ended = once(inflater, 'end');
  ended.catch(() => {});
  try {
    for await (const piece of pieces(stored)) {
      if (inflater.readableEnded) break;
      await Promise.race([ended, write(inflater, piece)]);
      yield* ready.splice(0);
    }
    inflater.end();
    await ended;
    yield* ready.splice(0);
  } catch (cause) {
    if (!isZlibError(cause)) throw cause;
    throw new Malformed(inflationDamage(cause, 0), { cause });
  } finally {
    inflater.destroy();
  }
}

async function* pieces(stored: ByteSource): AsyncGenerator<Buffer> {
  for (let offset = 0; offset < stored.sizeBytes; offset += blockBytes) {
    const block = await stored.read(offset, blockBytes);
    for (let start = 0; start < block.length; start += pieceBytes) yield block.subarray(start, start + pieceBytes);
  }
}

function write(inflater: Inflate, piece: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    inflater.write(piece, (error) => (error ? reject(error) : resolve()));
  });
}
