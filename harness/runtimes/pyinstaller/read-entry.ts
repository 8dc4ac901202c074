import { dirname } from 'node:path';
import type { Entry, FrozenBundle } from '../bundle.ts';
import { withFile } from '../native/byte-source.ts';
import { BundleError, orDamage, restore } from '../native/errors.ts';
import { isBomb, withEntry } from './entry-source.ts';
import { shown } from './oddities.ts';

/**
 * The extracted contents of one entry, `limitBytes` at most (default: 64 MB, far above what real bundles have besides native code).
 * @throws {BundleError} when it is larger, when its stored bytes do not give exactly what they claim, or when the file changed.
 */
export async function readEntry(bundle: FrozenBundle, entry: Entry, { limitBytes = 64_000_000 } = {}): Promise<Buffer> {
  const { archiveFile } = bundle;
  const { sizeBytes } = entry;
  const error = (what: string) => new BundleError(`${bundle.file}: ${shown(entry.name)} ${what}`);
  if (sizeBytes > limitBytes || isBomb(entry)) {
    throw error(`has ${sizeBytes} bytes, of which at most ${limitBytes} are read; read it as a stream`);
  }
  const { value: bytes, damage } = await orDamage(() => withFile(archiveFile, (source) =>
    withEntry({ source, folder: dirname(archiveFile) }, entry, (contents) => contents.read(0, sizeBytes))));
  if (bytes?.length === sizeBytes) return bytes;
  throw error(`cannot be read: ${damage ?? `it has ${bytes?.length} bytes instead of ${sizeBytes}`}; ${restore}`);
}
