import { once } from 'node:events';
import { promisify } from 'node:util';
import { createInflate, inflate } from 'node:zlib';
import { inMemory, type ByteSource } from '../native/byte-source.ts';
import { messageOf } from '../../model/errors.ts';
import { Malformed, orDamage } from '../native/errors.ts';

const inflateInThread = promisify<Buffer, { maxOutputLength: number; chunkSize: number }, Buffer>(inflate);

/** Few steps for large libraries. What one piece inflates to, a thousandfold at most, is all in memory at once. */
const [pieceBytes, chunkBytes] = [131_072, 1_048_576];

/** Up to here it is cheaper to inflate all of it than to start a stream. */
const wholeLimitBytes = 1_000_000;

/** Headers, symbol names and version lists of most libraries lie here: they are read after what lies behind them. */
const headLimitBytes = 1_000_000;

/** The contents of a zlib stream; reads must not overlap in time, and throw Malformed when the stream is damaged or ends early. */
export type InflatedSource = ByteSource & AsyncDisposable & {
  /** Inflates what is left: what is wrong when it does not give exactly its size with the right checksum. */
  readonly rest: () => Promise<string | undefined>;
};

/** The contents of a zlib stream that must give exactly `sizeBytes`. Throws Malformed when it is small and does not. */
export async function inflated(stored: ByteSource, sizeBytes: number): Promise<InflatedSource> {
  if (sizeBytes > wholeLimitBytes) return inflatedSource(stored, sizeBytes);
  const contents = inMemory(await inflateWhole(stored, sizeBytes));
  return { ...contents, rest: async () => undefined, [Symbol.asyncDispose]: async () => {} };
}

async function inflateWhole(stored: ByteSource, sizeBytes: number): Promise<Buffer> {
  const bytes = await stored.read(0, stored.sizeBytes);
  // One byte more than stated, so that a stream that goes on is noticed; zlib asks for chunks of 64 at least.
  const options = { maxOutputLength: sizeBytes + 1, chunkSize: Math.max(64, sizeBytes + 1) };
  const contents = await orMalformed(inflateInThread(bytes, options), sizeBytes);
  const damage = lengthDamage(contents.length, sizeBytes);
  if (damage !== undefined) throw new Malformed(damage);
  return contents;
}

/**
 * The same, of any size: reading inflates as far as it must and keeps the first megabyte and the last chunk only; reading back
 * behind that begins anew. What follows the end of the stream is left alone.
 */
export function inflatedSource(stored: ByteSource, sizeBytes: number): InflatedSource {
  let run = startInflating();

  /** Hands the next piece of the stream to zlib; one that has ended never says that it took what was written behind its end. */
  const pump = async (): Promise<void> => {
    const { inflater, ended } = run;
    if (inflater.errored) throw inflater.errored;
    const piece = await stored.read(run.takenBytes, pieceBytes);
    run.takenBytes += piece.length;
    if (piece.length === 0) inflater.end();
    const taken = () => new Promise<void>((resolve, reject) => void inflater.write(piece, (error) => (error ? reject(error) : resolve())));
    await Promise.race(piece.length === 0 ? [ended] : [ended, taken()]);
  };
  /** Inflates the next chunk; false where the stream has ended. */
  const advance = async (): Promise<boolean> => {
    while (run.ready.length === 0 && !run.inflater.readableEnded) await orMalformed(pump(), sizeBytes);
    const bytes = run.ready.shift();
    if (bytes === undefined) return false;
    if ((run.kept.at(-1)?.start ?? 0) >= headLimitBytes) run.kept.pop();
    run.kept.push({ start: run.inflatedBytes, bytes });
    run.inflatedBytes += bytes.length;
    return true;
  };
  const read = async (offset: number, length: number): Promise<Buffer> => {
    const end = Math.min(offset + length, sizeBytes);
    if (end <= offset) return Buffer.alloc(0);
    const parts: Buffer[] = [];
    for (let at = offset; at < end; ) {
      const piece = run.kept.find((one) => at >= one.start && at < one.start + one.bytes.length);
      const part = piece?.bytes.subarray(at - piece.start, end - piece.start);
      if (part !== undefined) parts.push(part);
      else if (at < run.inflatedBytes) {
        run.inflater.destroy();
        run = startInflating();
      } else if (!(await advance())) {
        throw new Malformed(`its compressed data end after ${run.inflatedBytes} of ${sizeBytes} bytes`);
      }
      at += part?.length ?? 0;
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  };
  const rest = async (): Promise<string | undefined> => {
    const { damage } = await orDamage(async () => {
      while (run.inflatedBytes <= sizeBytes && (await advance()));
    });
    return damage ?? lengthDamage(run.inflatedBytes, sizeBytes);
  };
  return { sizeBytes, read, rest, [Symbol.asyncDispose]: async () => void run.inflater.destroy() };
}

function startInflating() {
  const inflater = createInflate({ chunkSize: chunkBytes });
  const ready: Buffer[] = [];
  inflater.on('data', (chunk: Buffer) => void ready.push(chunk));
  const ended = once(inflater, 'end');
  ended.catch(() => {});
  const kept: { readonly start: number; readonly bytes: Buffer }[] = [];
  return { inflater, ready, ended, kept, takenBytes: 0, inflatedBytes: 0 };
}

function lengthDamage(foundBytes: number, sizeBytes: number): string | undefined {
  if (foundBytes > sizeBytes) return tooLong(sizeBytes);
  return foundBytes === sizeBytes ? undefined : `it inflates to ${foundBytes} bytes instead of ${sizeBytes}`;
}

async function orMalformed<Result>(inflating: Promise<Result>, sizeBytes: number): Promise<Result> {
  return await inflating.catch((cause: unknown) => {
    throw new Malformed(inflationDamage(cause, sizeBytes), { cause });
  });
}

/** What a failure of zlib says about a member that should inflate to `sizeBytes`; throws any other failure again. */
export function inflationDamage(cause: unknown, sizeBytes: number): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'ERR_BUFFER_TOO_LARGE') return tooLong(sizeBytes);
  if (!code.startsWith('Z_')) throw cause;
  return `its compressed data are damaged (zlib: ${messageOf(cause)})`;
}

function tooLong(sizeBytes: number): string {
  return `it inflates to more than the ${sizeBytes} bytes that it claims`;
}
