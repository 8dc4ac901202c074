import { basename } from 'node:path';
import { withArchive, type Archive } from './archive/find-archive.ts';
import { isOneFile, readToc, type TocEntry } from './archive/toc.ts';
import { BundleError, Malformed, orDamage, restore } from '../native/errors.ts';
import type { Listed, Made, OpenedFile, Runtime } from '../runtime.ts';
import { examine, type ExamineOptions } from './examine.ts';
import { readFrozen } from './frozen.ts';
import type { Proven } from './native-files.ts';
import { starts } from './starts.ts';
import { isInApplication } from './tree.ts';

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
  hazards: async () => (await import('./hazards/hazards.ts')).hazards,
  words: {
    name: 'PyInstaller', printer: 'bootloader',
    version: 'if the version comes from importlib.metadata, add copy_metadata to the spec',
    itself: 'a program that is started as if it were Python (sys.executable is the worker when frozen; branch on sys.frozen), a pool ' +
      'that runs the main script again',
    smaller: 'exclude what the worker does not import (Analysis(excludes=[…]))',
  },
} as const satisfies Runtime;

async function identify({ source, file, executable }: OpenedFile): Promise<Made | undefined> {
  const { value, damage: missing } = await orDamage(() => withArchive(source, file, executable, async (archive) => {
    if (archive === undefined) return undefined;
    const { pythonVersion } = archive.cookie;
    const { entries, damage } = await readToc(archive.source, archive.cookie);
    const freezer = `PyInstaller${isOneFile(entries) ? ' one-file' : ''}, Python ${pythonVersion}`;
    return { freezer, pythonVersion, beside: besides(archive, entries), ...(damage !== undefined && { damage }) };
  }));
  return missing === undefined ? value : { freezer: 'PyInstaller', damage: missing };
}

/** The folder of a one-dir executable, or all of its application; of one-file the package, where that is a file of its own. */
function besides({ file, executable, folder }: Archive, entries: readonly TocEntry[]): string[] {
  if (!isOneFile(entries)) return [isInApplication(folder) ? '../..' : '.'];
  return file === executable ? [] : [basename(file)];
}

async function open(opened: OpenedFile, whole?: ExamineOptions): Promise<Listed> {
  const { source, file, executable } = opened;
  const { value, damage } = await orDamage(() => withArchive(source, file, executable, async (archive) => {
    if (archive === undefined) throw new Malformed('it has no archive');
    const proven: Proven | undefined = whole && new Map();
    const bundle = await readFrozen(opened, archive, proven);
    return { bundle, ...(whole && { examination: await examine(bundle, { ...whole, proven }) }) };
  }));
  if (damage !== undefined) throw new BundleError(`${file}: ${executable.damage ?? damage}; ${restore}`);
  return value;
}
