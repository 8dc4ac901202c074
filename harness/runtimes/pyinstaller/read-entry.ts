import { dirname } from 'node:path';
import type { Entry, FrozenBundle } from '../bundle.ts';
import { BundleError, restore } from '../native/errors.ts';
import { withFile } from '../native/byte-source.ts';
import { isBomb, withEntry } from './entry-source.ts';
import { Malformed } from '../native/errors.ts';
import { shown } from './oddities.ts';

/** The largest members of real bundles that are not native code stay far below. */
const defaultLimitBytes = 64_000_000;

/**
 * The extracted contents of one entry, `limitBytes` at most (default: 64 MB).
 * @throws {BundleError} when it is larger, when its stored bytes do not give exactly what they claim, or when the file changed.
 */
export async function readEntry(bundle: FrozenBundle, entry: Entry, { limitBytes = defaultLimitBytes } = {}): Promise<Buffer> {
  const { archiveFile, file } = bundle;
  if (entry.sizeBytes > limitBytes || isBomb(entry)) {
    throw new BundleError(`${file}: ${shown(entry.name)} has ${entry.sizeBytes} bytes, of which at most ${limitBytes} are read; read ` +
      'it as a stream');
  }
  try {
    return await withFile(archiveFile, async (source) =>
      await withEntry({ source, folder: dirname(archiveFile) }, entry, async (contents) => {
        const bytes = await contents.read(0, entry.sizeBytes);
        if (bytes.length === entry.sizeBytes) return bytes;
        throw new Malformed(`it has ${bytes.length} bytes instead of ${entry.sizeBytes}`);
      }));
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause;
    throw new BundleError(`${file}: ${shown(entry.name)} cannot be read: ${cause.message}; ${restore}`, { cause });
  }
}
