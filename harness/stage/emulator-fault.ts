import type { Actor } from './actor.ts';
import { launches } from './launches.ts';
import type { Scope } from './scope.ts';

/** What emulators say when they cannot go on: QEMU of itself and of a fault that may be its own, Wine, Rosetta 2. */
const lastWords = new RegExp([
  /^qemu(?:-\w+)+: .+/, /^qemu: (?:uncaught target signal (?:4|5|7|8|11)\b|unhandled).*/, /^wine: (?:Unimplemented|Unhandled|Call from).*/,
  /^rosetta error: .*/,
].map(({ source }) => source).join('|'), 'm');

/** The line with which an emulator gave up, in a text that a worker's launch has printed. */
export function lastWordsIn(text: string): string | undefined {
  return lastWords.exec(text)?.[0].trim();
}

/** A check that failed: its launches, what it got, and whether it is about the launch that all share. */
type Failed = { readonly actors: readonly Actor[]; readonly got: string; readonly usesShared: boolean };

/** The words with which the emulator ended what a check looks at; undefined where the executable ran without one. */
export async function emulatorFault(scope: Scope, { actors, got, usesShared }: Failed): Promise<string | undefined> {
  const { emulation } = scope.run;
  if (emulation === undefined) return undefined;
  const shared = usesShared ? (await launches.begunIn(scope)?.catch(() => undefined))?.first : undefined;
  const texts = [got, ...[...actors, ...(shared ? [shared] : [])].map(({ launch }) => launch.output.text())];
  const [said] = texts.flatMap((text) => lastWordsIn(text) ?? []);
  return said === undefined ? undefined : `${emulation.by} could not go on: ${said}`;
}
