import { inflateSync } from 'node:zlib';
import type { FrozenBundle, Module } from '../bundle.ts';
import { withFile } from '../native/byte-source.ts';
import { inflationDamage } from './inflate.ts';

/** The largest modules, tables of Unicode and of grammars, have some megabytes. */
const codeLimitBytes = 64_000_000;

/** What is inflated at once. */
const [smallestPieceBytes, largestPieceBytes] = [1024, 4_000_000];

/** Modules lie one after the other: they are read by the window, not one by one. */
const windowBytes = 4_000_000;

/** A frozen module with its code, marshalled as CPython's `marshal.loads` takes it, or why it cannot be had. */
export type ModuleCode = { readonly module: Module; readonly code: Buffer } | { readonly module: Module; readonly damage: string };

/**
 * Gives `visit` the code of every wanted module in the archive of frozen modules (default: all), in the order of their places. Bytes are
 * only inflated, never interpreted. Modules of namespace packages have none and are left out; an encrypted archive has nothing to give.
 * @throws what the file system throws, and {BundleError} when the file changed.
 */
export async function eachModuleCode(
  bundle: FrozenBundle, visit: (found: ModuleCode) => void, wanted: (module: Module) => boolean = () => true,
): Promise<void> {
  const places = codePlaces(bundle, wanted);
  await withFile(bundle.archiveFile, async (source) => {
    let window: { readonly start: number; readonly bytes: Buffer } = { start: 0, bytes: Buffer.alloc(0) };
    for (const { module, start, end } of places) {
      if (start < window.start || end > window.start + window.bytes.length) {
        window = { start, bytes: await source.read(start, Math.max(windowBytes, module.storedBytes)) };
      }
      visit(inflated(module, window.bytes.subarray(start - window.start, end - window.start)));
    }
  });
}

/** Where the code of every wanted module lies in `bundle.archiveFile`, deflated, in the order of the places. */
export function codePlaces(bundle: FrozenBundle, wanted: (module: Module) => boolean = () => true) {
  if (bundle.oddities.some(({ kind }) => kind === 'encrypted-code')) return [];
  const archives = new Map(bundle.entries.filter(({ role }) => role === 'modules').map(({ name, offset }) => [name, offset]));
  const places = bundle.modules.flatMap((module) => {
    const archive = module.origin === 'PYZ' && module.storedBytes > 0 && wanted(module) ? archives.get(module.entry) : undefined;
    return archive === undefined ? [] : [{ module, start: archive + module.offset, end: archive + module.offset + module.storedBytes }];
  });
  return places.sort((left, right) => left.start - right.start);
}

function inflated(module: Module, stored: Buffer): ModuleCode {
  try {
    // Code grows to two or three times its stored size: one piece is cheaper than many.
    const chunkSize = Math.min(largestPieceBytes, Math.max(smallestPieceBytes, 4 * stored.length));
    return { module, code: inflateSync(stored, { maxOutputLength: codeLimitBytes, chunkSize }) };
  } catch (cause) {
    return { module, damage: inflationDamage(cause, codeLimitBytes) };
  }
}
