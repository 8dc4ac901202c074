import type { Entry, FrozenBundle } from '../../bundle.ts';
import type { Observation } from '../../../model/observation.ts';
import { plainName, someOf } from './told.ts';

const shown = 5;

/** A file below the folder into which an executable has unpacked itself, by its path from there with `/`. */
export type UnpackedFile = { readonly path: string; readonly sizeBytes: number };

/**
 * What a running one-file executable has written below the folder into which it unpacked itself: files that its archive does not hold, or
 * of another length.
 */
export function writtenInside({ entries }: Pick<FrozenBundle, 'entries'>, files: readonly UnpackedFile[]): string[] {
  const packed = new Map(entries.map((entry): [string, Entry] => [entry.name, entry]));
  return files.filter(({ path, sizeBytes }) => {
    const entry = packed.get(path);
    return entry === undefined || (entry.role !== 'link' && entry.sizeBytes !== sizeBytes);
  }).map(({ path }) => path);
}

/**
 * Files that are gone when the executable ends (EN-08). With `kept`, from source they lie beside the code and are there at the next start;
 * else nobody knows whether they matter.
 */
export function lostState(files: readonly string[], kept: 'from source' | 'nowhere'): Observation[] {
  if (files.length === 0) return [];
  const names = someOf(files.map(plainName), shown);
  const line = kept === 'from source' ? `${names} was written into the folder that it unpacks, and is gone at its end; from source it is ` +
    'kept beside the code' : `${names} was written into the folder that it unpacks, and is gone at its end`;
  return [{
    kind: 'lost-state', args: { files: names, ...(kept === 'from source' && { kept }) }, line,
    names: files.map((file) => `file:${plainName(file)}`),
  }];
}
