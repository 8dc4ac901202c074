import type { Generation } from '../../bundle.ts';
import type { ByteSource } from '../../native/byte-source.ts';
import { compareReleases } from '../../native/native-image.ts';
import type { TocEntry } from './toc.ts';

/** The bootloader comes first in its file and has 64 to 340 KB. */
const bootloaderLimitBytes = 2_000_000;

/** Texts in the bootloader's read-only data by the release that brought them, oldest first. Found in PyInstaller's wheels. */
const marks = [
  { since: '6.0', text: 'pyi-contents-directory' },
  { since: '6.10', text: '_PYI_APPLICATION_HOME_DIR\0' },
  { since: '6.12', text: 'sync semaphore', notIn: 'PE' },
  { since: '6.22.1', text: 'Security validation failure' },
  { since: '6.22.3', text: 'pyi-enable-onefile-parent-verification' },
];

/** What the bootloader sets for its child: from 6.10, and up to 6.9. */
const bootloaderMarks = ['_PYI_APPLICATION_HOME_DIR\0', '_MEIPASS2\0'];

/** The start of the file, where the bootloader is, up to its package: that one holds texts of its own. */
export function readBootloader(source: ByteSource, packageStart = bootloaderLimitBytes): Promise<Buffer> {
  return source.read(0, Math.min(packageStart, bootloaderLimitBytes));
}

/** Whether these bytes are the start of PyInstaller's bootloader. */
export function isBootloader(start: Buffer): boolean {
  return bootloaderMarks.some((mark) => start.includes(mark));
}

/** Which releases of PyInstaller can have made it, by the bootloader's texts and by the names in its archive. */
export function generationOf(bootloader: Buffer, format: string, entries: readonly TocEntry[]): Generation {
  const telling = marks.filter(({ notIn }) => notIn !== format);
  const present = telling.filter(({ text }) => bootloader.includes(text));
  const absent = telling.find(({ text }) => !bootloader.includes(text));
  const dynload = entries.find(({ name, typeCode }) => typeCode === 'b' && /^(python[\d.]+t?\/)?lib-dynload\//.test(name));
  const from = [present.at(-1)?.since, dynload?.name.startsWith('python') ? '6.16' : undefined].filter((since) => since !== undefined);
  const before = [absent?.since, dynload?.name.startsWith('lib-dynload') ? '6.16' : undefined].filter((since) => since !== undefined);
  const [newest, oldest] = [from.sort(compareReleases).at(-1), before.sort(compareReleases)[0]];
  return { ...(newest !== undefined && { from: newest }), ...(oldest !== undefined && { before: oldest }) };
}
