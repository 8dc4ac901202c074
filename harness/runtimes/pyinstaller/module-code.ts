import { inflateSync } from 'node:zlib';
import type { Entry, FrozenBundle, Module } from '../bundle.ts';
import { withFile, type ByteSource } from '../native/byte-source.ts';
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
 * only inflated,
 * never interpreted. Modules of namespace packages have none and are left out; of an encrypted archive there is nothing to give.
 * @throws what the file system throws, and {BundleError} when the file changed.
 */
export async function eachModuleCode(
  bundle: FrozenBundle, visit: (found: ModuleCode) => void, wanted: (module: Module) => boolean = () => true,
): Promise<void> {
  if (bundle.oddities.some(({ kind }) => kind === 'encrypted-code')) return;
  await withFile(bundle.archiveFile, async (source) => {
    for (const entry of bundle.entries.filter(({ role }) => role === 'modules')) {
      const modules = bundle.modules.filter(
        (module) => module.origin === 'PYZ' && module.entry === entry.name && module.storedBytes > 0 && wanted(module),
      );
      await visitArchive(source, entry, modules, visit);
    }
  });
}

async function visitArchive(
  source: ByteSource, entry: Entry, modules: readonly Module[], visit: (found: ModuleCode) => void,
): Promise<void> {
  let window: { readonly start: number; readonly bytes: Buffer } = { start: 0, bytes: Buffer.alloc(0) };
  for (const module of modules.toSorted((left, right) => left.offset - right.offset)) {
    const start = entry.offset + module.offset;
    if (start < window.start || start + module.storedBytes > window.start + window.bytes.length) {
      window = { start, bytes: await source.read(start, Math.max(windowBytes, module.storedBytes)) };
    }
    const stored = window.bytes.subarray(start - window.start, start - window.start + module.storedBytes);
    visit(inflated(module, stored));
  }
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
