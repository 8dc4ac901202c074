import { createReadStream } from 'node:fs';

/** Something that is searched. */
export type Source = {
  /** Where it is, in words. */
  readonly place: string;
  /** Its bytes from an offset on, as often as they are asked for. */
  readonly read: (from: number) => AsyncIterable<Buffer>;
  /** The secrets that belong there. */
  readonly belongs?: readonly string[];
};

/** What is in memory: a text, or bytes. */
export function heldSource(place: string, contents: string | Uint8Array): Source {
  const bytes = Buffer.from(contents);
  return { place, async *read(from) { yield bytes.subarray(from); } };
}

const chunkBytes = 1_048_576;

/** A file of any size; one that is gone or may not be read has no bytes. */
export function fileSource(place: string, file: string): Source {
  return {
    place,
    async *read(from) {
      try {
        yield* createReadStream(file, { start: from, highWaterMark: chunkBytes });
      } catch (error) {
        if (!(error instanceof Error && 'code' in error)) throw error;
      }
    },
  };
}
