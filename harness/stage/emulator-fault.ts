import type { Actor } from './actor.ts';
import { launches } from './launches.ts';
import type { Scope } from './scope.ts';

/** What emulators say when they cannot go on: QEMU of itself and of a fault that may be its own, Wine, Rosetta 2. */
const lastWords = new RegExp([
  /^qemu(?:-\w+)+: .+/, /^qemu: (?:uncaught target signal (?:4|5|7|8|11)\b|unhandled).*/, /^wine: (?:Unimplemented|Unhandled|Call from).*/,
  /^rosetta error: .*/,
].map(({ source }) => source).join('|'), 'm');

/** The words with which the emulator ended a launch of the check, or the shared one; undefined where the executable ran without one. */
export async function emulatorFault(scope: Scope, actors: readonly Actor[]): Promise<string | undefined> {
  const { emulation } = scope.run;
  if (emulation === undefined) return undefined;
  const shared = (await launches.begunIn(scope)?.catch(() => undefined))?.first;
  const said = [...actors, ...(shared ? [shared] : [])].flatMap(({ launch }) => lastWords.exec(launch.output.text())?.[0] ?? []);
  return said[0] === undefined ? undefined : `${emulation.by} could not go on: ${said[0].trim()}`;
}
