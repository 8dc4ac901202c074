import type { ByteRange, ByteSource } from '../native/byte-source.ts';
import * as elf from '../native/elf.ts';
import { orDamage } from '../native/errors.ts';
import { readOpaque } from '../native/native.ts';
import { pyInstaller } from '../pyinstaller/pyinstaller.ts';
import type { Runtime } from '../runtime.ts';

/** Python programs that Nuitka compiled into one file, which unpacks itself at each start. Its modules are machine code without a list. */
export const nuitka = {
  id: 'nuitka',
  identify: async ({ source, executable }) => {
    if (executable.format !== 'ELF') return undefined; // elsewhere nothing short tells
    return (await orDamage(() => hasBootstrap(source))).value === true ? { freezer: 'Nuitka one-file' } : undefined;
  },
  open: async (opened) => ({ bundle: await readOpaque(opened) }),
  leftOvers: {
    // The default of --onefile-tempdir-spec: {TEMP}/onefile_{PID}_{TIME_US}_{RANDOM}.
    folder: /^onefile_\d+_\d+(?:_|$)/,
    remedy: "Nuitka's onefile parent could not remove its directory: something in it was still in use, or the parent itself was killed",
  },
  hazards: async () => {
    const [known, { signatures }] = await Promise.all([pyInstaller.hazards(), import('./hazards/hazards.ts')]);
    return { ...known, signatures };
  },
  words: {
    name: 'Nuitka',
    version: 'if the version comes from importlib.metadata, add --include-distribution-metadata=NAME to the build',
    itself: 'a program that is started as if it were Python (there is no Python in the executable: __compiled__ tells that it is one)',
    smaller: 'leave out what the worker does not import (--nofollow-import-to=NAME), and have zstandard in the environment that builds',
  },
} as const satisfies Runtime;

/** A variable that every bootstrap sets for the program that it has unpacked (OnefileBootstrap.c). */
const mark = 'NUITKA_ONEFILE_PARENT';

/** What was unpacked lies among the constants too, as one of many MB: what the bootstrap itself says stands before or behind it. */
const edgeBytes = 65_536;

/** @throws {Malformed} when the headers are cut off or make no sense. */
async function hasBootstrap(source: ByteSource): Promise<boolean> {
  const header = await elf.readElfHeader(source);
  const sections = header === undefined ? [] : await elf.readSections(source, header);
  const constants = sections.find(({ name }) => name === '.rodata');
  return constants !== undefined && await holds(source, constants);
}

async function holds(source: ByteSource, { start, end }: ByteRange): Promise<boolean> {
  const edges = [start, Math.max(start, end - edgeBytes)].map((at) => source.read(at, Math.min(edgeBytes, end - at)));
  return (await Promise.all(edges)).some((bytes) => bytes.includes(mark, 0, 'latin1'));
}
