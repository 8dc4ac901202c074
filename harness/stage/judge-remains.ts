import { CheckFailed, CouldNotJudge } from '../model/errors.ts';
import { isUnpackedFolder } from '../runtimes/registry.ts';
import { entriesOf } from '../system/launch/room.ts';
import type { CheckContext } from './check-context.ts';
import type { Ending } from './endings.ts';
import { exitText, type PromisedStop } from './promised-stop.ts';
import { measureStops, mustStopOrdinarily, type Ordinary } from './judge-exits.ts';
import type { Stop } from './stop.ts';

/** What is said of stops of one kind, beside what happened. */
export type Words = { readonly moment: string; readonly ignores: string; readonly leaves: string };

/**
 * Judges stops that need not be orderly: the worker must end within the time of the contract, whatever its exit code, and nothing of it
 * may stay that the `usual` stops do not leave as well.
 * @throws {CheckFailed} or {CouldNotJudge}
 */
export function judgeRemains(
  promised: PromisedStop, all: readonly Stop[], { usual, ...ordinary }: Ordinary & { readonly usual: readonly Ending[] }, words: Words,
  context: CheckContext,
): void {
  const { signal } = ordinary;
  mustStopOrdinarily(promised, ordinary, 'ends');
  measureStops(all, promised.withinMs, signal, context);
  const told = all.map(({ when, exit }) => `${when}: ${exitText(exit)}`).join('; ');
  context.note(`${signal} ${words.moment}, ${told}${unpackedText(all)}`);
  const limit = `${promised.withinMs / 1000} s`;
  const late = all.find(({ exit }) => exit === undefined);
  if (late?.excuse !== undefined) throw new CouldNotJudge(`a stop took ${late.excuse}`);
  if (late !== undefined) {
    context.evidence('output of the worker that did not end', 'output.log', late.launch.output.text());
    throw new CheckFailed(`${signal} ${words.moment} does not end the worker: ${late.when}`, {
      expected: `the end of the process within ${limit}, with any exit code`, got: told, remedy: words.ignores,
    });
  }
  const left = all.filter((stop) => survivorsOf(stop, usual).length + filesOf(stop, usual).length > 0);
  const [first] = left;
  if (first === undefined) return;
  context.evidence('output of the worker that left something behind', 'output.log', first.launch.output.text());
  const [survivors, files] = [survivorsOf(first, usual), filesOf(first, usual)];
  throw new CheckFailed(`${signal} ${words.moment} leaves ${survivors.length > 0 ? 'a process' : 'files'} behind in ${left.length} of ` +
    `${all.length} stops: ${[...survivors, ...files][0]} (${first.when})`, {
    expected: 'after the end, with any exit code, no process and no file that an ordinary stop does not leave as well',
    got: [...survivors, ...files].slice(0, 5).join('\n'),
    remedy: words.leaves,
  });
}

/** The processes that a stop left and these do not. */
export function survivorsOf({ remains }: Ending, ordinary: readonly Ending[]): string[] {
  const usual = new Set(ordinary.flatMap((stop) => stop.remains.survivors.map(({ command }) => command)));
  return remains.survivors.filter(({ command }) => !usual.has(command)).map(({ pid, command }) => `process ${pid} ${command}`);
}

/** Names of temporary files end in characters that are drawn: Python draws eight. */
const stem = (path: string): string => (path.startsWith('$TMPDIR/') ? path.slice(0, Math.max('$TMPDIR/'.length, path.length - 8)) : path);

function filesOf(stop: Ending, ordinary: readonly Ending[]): string[] {
  const usual = new Set(ordinary.flatMap((each) => leftIn(each).map(stem)));
  return leftIn(stop).filter((name) => !usual.has(stem(name)));
}

/** What lies in the launch's folder for temporary files, and at the top of its home and working directory. */
function leftIn(stop: Ending): string[] {
  const { remains, launch: { room } } = stop;
  const temporary = remains.leftOvers.filter((name) => !(isUnpackedFolder(name) && endedByItself(stop)));
  return [
    ...temporary.map((name) => `$TMPDIR/${name}`), ...entriesOf(room.home).map((name) => `$HOME/${name}`),
    ...entriesOf(room.cwd).map((name) => `./${name}`),
  ];
}

/** The signal ended the started process itself: no handler of the worker's had a part in that, so what it had unpacked is not its fault. */
const endedByItself = ({ exit, signal }: Ending): boolean => exit !== undefined && exit.signal !== null && exit.signal === signal;

function unpackedText(all: readonly Stop[]): string {
  const left = all.filter((stop) => endedByItself(stop) && stop.remains.leftOvers.some(isUnpackedFolder));
  const bytes = left.reduce((sum, { remains }) => sum + remains.leftOverBytes, 0);
  return left.length === 0 ? '' : `; ${left.length} of them left what they had unpacked (${(bytes / 1e6).toFixed(0)} MB)`;
}
