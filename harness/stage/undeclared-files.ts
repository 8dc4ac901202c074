import { realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { coversPath, leadsTo } from '../contract/globs.ts';
import type { Room } from '../system/launch/room.ts';
import { entriesBelow } from '../system/tree.ts';
import { fullPath } from '../system/trace/doers.ts';
import type { Change } from '../system/trace/files.ts';
import type { Undeclared } from './undeclared.ts';

/** Where a launch lives, and what its contract's `writes` names, placeholders filled in. */
export type Writer = {
  readonly room: Room;
  readonly binary: string;
  readonly writes: readonly string[];
  /** What the same worker left from source, as `leftFromSource` names it. */
  readonly fromSource?: ReadonlySet<string>;
};

/** What is no file, or says nothing of a worker: devices, the kernel's own, and modules that an interpreter compiles for itself. */
const noFile = /^\/(?:proc\/|dev\/(?:null|zero|full|u?random|tty|ptmx|pts\/\d+|std(?:in|out|err)|fd\/\d+)$)|\/__pycache__(?:\/|$)/;

/** Every change of a file that a launch made outside its folder for temporary files and that is not allowed. */
export function undeclaredFiles(changes: readonly Change[], writer: Writer): Undeclared[] {
  const { room } = writer;
  const isOwn = (path: string): boolean => [room.tmp, room.logs].some((folder) => isWithin(path, folder));
  const found = changes.filter((change) => !noFile.test(change.path) && !isOwn(change.path) && !isRemovedMemory(change)
    && !isNamed(change, writer) && !isAsFromSource(placeOf(change.path, writer).shown, writer));
  const paths = new Set(found.map(({ path }) => path));
  return found.filter(({ path }) => !paths.has(dirname(path))).map(({ path, ways, by }): Undeclared => {
    const { shown, where } = placeOf(path, writer);
    return { what: `${shown} was ${[...new Set(ways)].join(' and ')} ${where}`, by, key: 'writes', entry: shown };
  });
}

/** The same for what lies in home and working directory of a launch that nobody watched. */
export function undeclaredLeft(writer: Writer): Undeclared[] {
  return undeclaredFiles([writer.room.home, writer.room.cwd].flatMap(leftIn), writer);
}

/** What launches of the baseline left in home and working directory: `~/.cache/library/logs`. */
export function leftFromSource(rooms: readonly Room[]): Set<string> {
  return new Set(rooms.flatMap(namesIn));
}

function namesIn(room: Room): string[] {
  return [room.home, room.cwd].flatMap(leftIn).map(({ path }) => placeOf(path, { room, binary: '' }).shown);
}

/** Folders of many programs: what one of them has there says nothing of another. */
const shared: ReadonlySet<string> = new Set(['~', '.', '~/.cache', '~/.config', '~/.local', '~/.local/share', '~/.local/state']);

/** Whether the worker leaves the same from source: a file of that name, or one beside those, whose names may tell the time. */
function isAsFromSource(shown: string, { fromSource }: Writer): boolean {
  return fromSource !== undefined && (fromSource.has(shown) || (!shared.has(dirname(shown)) && fromSource.has(dirname(shown))));
}

/** Semaphores and shared memory live in memory; one that is removed again is as good as a temporary file. */
function isRemovedMemory({ path, ways }: Change): boolean {
  return path.startsWith('/dev/shm/') && ways.at(-1) === 'removed';
}

function isNamed({ path, ways }: Change, { room, writes }: Writer): boolean {
  return writes.map((entry) => absolute(entry, room)).some(
    (pattern) => coversPath(pattern, path) || (ways.every((way) => way === 'made') && leadsTo(pattern, path)),
  );
}

function absolute(entry: string, { home, cwd }: Room): string {
  if (entry.startsWith('~/')) return join(home, entry.slice(2));
  return entry.startsWith('**') ? entry : fullPath(cwd, entry);
}

/** A path as a contract would name it, and where it lies in words. */
function placeOf(path: string, { room, binary }: Pick<Writer, 'room' | 'binary'>): { readonly shown: string; readonly where: string } {
  if (isWithin(path, room.home)) return { shown: `~/${relative(room.home, path)}`, where: 'in its home' };
  if (isWithin(path, room.cwd)) return { shown: `./${relative(room.cwd, path)}`, where: 'in its working directory' };
  return { shown: path, where: isWithin(path, dirname(real(binary))) ? 'beside the executable' : 'outside TMPDIR' };
}

const isWithin = (path: string, folder: string): boolean =>
  [folder, real(folder)].some((one) => path === one || path.startsWith(`${one}/`));

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function leftIn(folder: string): Change[] {
  return Array.from(entriesBelow(folder), ({ path, stat }): Change => (
    { path, ways: [stat.isDirectory() ? 'made' : 'written'], by: 'the worker' }
  ));
}
