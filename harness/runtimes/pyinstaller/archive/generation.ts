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
  const dynload = entries.find(({ name, typeCode }) => typeCode === 'b' && /^(python[\d.]+t?\/)?lib-dynload\//.test(name));
  const signs = [
    ...marks.filter(({ notIn }) => notIn !== format).map(({ since, text }) => ({ since, isThere: bootloader.includes(text) })),
    ...(dynload === undefined ? [] : [{ since: '6.16', isThere: dynload.name.startsWith('python') }]),
  ].sort((left, right) => compareReleases(left.since, right.since));
  const from = signs.findLast(({ isThere }) => isThere)?.since;
  const before = signs.find(({ isThere }) => !isThere)?.since;
  return { ...(from !== undefined && { from }), ...(before !== undefined && { before }) };
}
