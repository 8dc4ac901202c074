import type { Hazards } from '../model/hazards.ts';
import type { Launch } from '../system/launch/launch.ts';
import { go } from './go/go.ts';
import { native } from './native/native.ts';
import { node } from './node/node.ts';
import { nuitka } from './nuitka/nuitka.ts';
import { pyInstaller } from './pyinstaller/pyinstaller.ts';
import { zipapp } from './zipapp/zipapp.ts';
import type { Made, OpenedFile, Runtime, Starts } from './runtime.ts';

/** In the order in which they are asked; the last one takes what is left. */
export const runtimes: readonly Runtime[] = [zipapp, pyInstaller, go, node, nuitka, native];

/** Who made an executable, and what it says of it. */
export async function recognise(opened: OpenedFile): Promise<{ readonly runtime: Runtime; readonly made: Made }> {
  for (const runtime of runtimes) {
    const made = await runtime.identify(opened);
    if (made !== undefined) return { runtime, made };
  }
  return { runtime: native, made: {} };
}

/** The runtime of that name; what none has is native. */
export function runtimeOf(id: string | undefined): Runtime {
  return runtimes.find((runtime) => runtime.id === id) ?? native;
}

/**
 * How what a runtime makes goes wrong. Of what nobody knows the maker: PyInstaller's rows know what Python prints, whoever froze it; what
 * they guess from a sign that others give too is left out.
 */
export async function hazardsOf(id: string | undefined): Promise<Hazards> {
  const own = runtimeOf(id).hazards;
  if (own !== undefined) return own();
  const known = await pyInstaller.hazards();
  return { ...known, signatures: known.signatures.filter(({ fallback }) => fallback !== true) };
}

/** The names of those whose contents can be listed. */
export const listable: string = namesOf(({ compare, words }) => (compare === undefined ? [] : words.name));

/** Who prints what `isAlarm` finds. */
export const printers: string = namesOf(({ words }) => words.printer ?? []);

function namesOf(nameOf: (runtime: Runtime) => string | readonly string[]): string {
  return runtimes.flatMap(nameOf).join(' or ');
}

/** What a launch's start shows of how it was made. */
export function startsOf(launch: Launch): Starts {
  return Object.assign({}, ...runtimes.map(({ starts }) => starts?.(launch)));
}

/** Whether a folder for temporary files got this name from an executable that unpacked itself there. */
export function isUnpackedFolder(name: string): boolean {
  return runtimes.some(({ leftOvers }) => leftOvers?.folder.test(name));
}

/** What to do about such a folder that is left behind; undefined where none is among the names. */
export function leftOverRemedy(names: readonly string[]): string | undefined {
  return runtimes.find(({ leftOvers }) => names.some((name) => leftOvers?.folder.test(name)))?.leftOvers?.remedy;
}

/** Whether a line is one that a runtime prints when something is wrong with it. */
export function isAlarm(line: string): boolean {
  return runtimes.some(({ alarms }) => alarms?.test(line));
}
