import { compressedStarts, inflated, type Start } from './compressed.ts';
import { compressedTexts } from './compressed-text.ts';
import type { Finder } from './finder.ts';
import { heldSource, type Source } from './source.ts';
import { nearBytes } from './spans.ts';

/** Where a secret was seen: its variable, how it was written there, and where in the place it begins, in bytes. */
export type Sighting = { readonly name: string; readonly encoding: string; readonly place: string; readonly at: number };

/** What was found, how much was read, and what was not read to its end. */
export type Searched = { readonly sightings: Sighting[]; bytes: number; readonly unread: string[] };

/** Compressed in compressed: what is packed deeper is not looked for. */
const deepest = 3;

/** Compressed data that is written as text is looked for in so much of a source: state and logs, not archives. */
const textBytes = 8_000_000;

/**
 * Searches everything for secrets, also inside of what is compressed. Memory does not grow with what is searched: a source is read by the
 * window. Each secret is told once for each encoding and place.
 */
export async function searchAll(sources: Iterable<Source> | AsyncIterable<Source>, find: Finder): Promise<Searched> {
  const searched: Searched = { sightings: [], bytes: 0, unread: [] };
  for await (const source of sources) {
    const told = new Set<string>();
    for await (const sighting of within(source, find, searched, 0)) {
      const key = `${sighting.name} ${sighting.encoding}`;
      if (!told.has(key) && !source.belongs?.includes(sighting.name)) searched.sightings.push(sighting);
      told.add(key);
    }
  }
  return searched;
}

/** Bytes of a source that are together, and where in it they begin; what they share with those before is `overlap`. */
type Window = { readonly bytes: Buffer; readonly from: number; readonly overlap: number };

async function* windowsOf({ read }: Source): AsyncGenerator<Window> {
  let tail: Buffer = Buffer.alloc(0);
  let from = 0;
  for await (const chunk of read(0)) {
    const bytes = tail.length === 0 ? chunk : Buffer.concat([tail, chunk]);
    yield { bytes, from, overlap: tail.length };
    tail = Buffer.from(bytes.subarray(-nearBytes));
    from += bytes.length - tail.length;
  }
}

async function* within(source: Source, find: Finder, searched: Searched, depth: number): AsyncGenerator<Sighting> {
  const { place } = source;
  let openedUntil = 0;
  for await (const { bytes, from, overlap } of windowsOf(source)) {
    searched.bytes += bytes.length - overlap;
    for (const { name, encoding, start } of find(bytes)) yield { name, encoding, place, at: from + start };
    if (depth === deepest) continue;
    const deeper = (inner: Source): AsyncGenerator<Sighting> => within(inner, find, searched, depth + 1);
    for (const { at, how } of compressedStarts(bytes, from === 0)) {
      const start: Start = { at: from + at, how };
      if (start.at < openedUntil) continue;
      const opened = { consumed: 0, cut: false };
      for await (const found of deeper(inflated(source, start, opened))) yield inside(found, how, start.at);
      openedUntil = start.at + Math.max(1, opened.consumed);
      if (opened.cut) searched.unread.push(`the rest of what is compressed in ${place} at byte ${start.at}`);
    }
    if (from > textBytes) continue;
    for (const { at, how, contents } of compressedTexts(bytes)) {
      for await (const found of deeper(heldSource(place, contents))) yield inside(found, how, from + at);
    }
  }
}

/** Inside of what is compressed an offset says nothing: told is where that begins. */
const inside = (found: Sighting, how: string, at: number): Sighting => ({ ...found, encoding: `${found.encoding} in ${how}`, at });
