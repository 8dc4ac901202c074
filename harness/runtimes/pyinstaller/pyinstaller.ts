import { withArchive } from './archive/find-archive.ts';
import { readBootloader } from './archive/generation.ts';
import { isOneFile, readToc } from './archive/toc.ts';
import { BundleError, restore } from '../native/errors.ts';
import type { Listed, Made, OpenedFile, Runtime } from '../runtime.ts';
import { examine, type ExamineOptions } from './examine.ts';
import { readFrozen } from './frozen.ts';
import { hazards } from './hazards/hazards.ts';
import type { Proven } from './native-files.ts';
import { starts } from './starts.ts';

/** PyInstaller: an executable that unpacks itself at each start, or lies in a folder with what it needs. */
export const pyInstaller = {
  id: 'pyinstaller',
  identify,
  open,
  // It brings much that whoever only reads does not need.
  compare: () => import('./compare/comparison.ts'),
  starts,
  leftOvers: {
    folder: /^_MEI/,
    remedy: 'the bootloader could not remove its directory: something in it was still in use, or the bootloader itself was killed',
  },
  alarms: /\[PYI-\d+:(ERROR|WARNING)\]/,
  hazards,
  words: { name: 'PyInstaller', printer: 'bootloader' },
} as const satisfies Runtime;

async function identify({ source, file, executable }: OpenedFile): Promise<Made | undefined> {
  return await withArchive(source, file, executable, async (found) => {
    if (found === undefined) return undefined;
    if ('damage' in found) return { freezer: 'PyInstaller', damage: found.damage };
    const { pythonVersion } = found.cookie;
    const { entries, damage } = await readToc(found.source, found.cookie);
    const freezer = `PyInstaller${isOneFile(entries) ? ' one-file' : ''}, Python ${pythonVersion}`;
    return { freezer, pythonVersion, ...(damage !== undefined && { damage }) };
  });
}

async function open({ source, file, executable }: OpenedFile, whole?: ExamineOptions): Promise<Listed> {
  return await withArchive(source, file, executable, async (found) => {
    const damage = found === undefined ? 'it has no archive' : 'damage' in found ? found.damage : undefined;
    if (found === undefined || 'damage' in found) throw new BundleError(`${file}: ${executable.damage ?? damage}; ${restore}`);
    const bootloader = await readBootloader(source, found.source === source ? found.cookie.package.start : undefined);
    const outer = { file, source, executable, bootloader };
    if (whole === undefined) return { bundle: await readFrozen(outer, found) };
    const proven: Proven = new Map();
    const bundle = await readFrozen(outer, found, proven);
    return { bundle, examination: await examine(bundle, { ...whole, proven }) };
  });
}
