import type { ChildProcess } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InfrastructureError, messageOf } from '../../model/errors.ts';
import { plainName } from '../plain-name.ts';
import { newMark, type Mark } from '../processes/marks.ts';
import { removeTreeSync } from '../tree.ts';
import { entriesOf } from './room.ts';

/**
 * Where one run of the harness keeps everything that must be gone afterwards, and the record of what lies elsewhere: the names of rooms
 * and the marks of processes say nothing. Plain data: it is handed to threads.
 */
export type RunFolder = { readonly folder: string; readonly mark: string };

/** In a run's folder: its mark, which proves whose the folder is. */
export const ownerFile = 'owner';

/** One finished launch, for the account of where the time went. Times are milliseconds since the epoch. */
export type LaunchRecord = { readonly variant: 'subject' | 'baseline' | 'previous'; readonly startMs: number; readonly endMs: number };

/** A name for this run and its folder in the system's directory for temporary files; nothing is made yet. */
export function newRun(): RunFolder {
  return { folder: join(tmpdir(), plainName()), mark: newMark() };
}

/**
 * Makes the run's folder, for this user only.
 * @throws {InfrastructureError} where the system's directory for temporary files is not one.
 */
export function createRunFolder({ folder, mark }: RunFolder): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
    for (const record of ['pids', 'marks', 'rooms']) mkdirSync(join(folder, record));
    writeFileSync(join(folder, ownerFile), mark);
  } catch (cause) {
    throw new InfrastructureError(`nothing can be made in ${tmpdir()}, the directory for temporary files (${messageOf(cause)}): set ` +
      'TMPDIR to a folder that is there, can be written to and has room', { cause });
  }
}

/** Notes the mark of what is about to be started; the returned function takes it back, once all that carried it has ended. */
export function noteMark({ folder }: RunFolder, mark: Mark): () => void {
  const file = join(folder, 'marks', plainName());
  writeFileSync(file, JSON.stringify(mark));
  return () => rmSync(file, { force: true });
}

/** The marks of everything that was started and has not been seen to end; none when the folder is gone. */
export function notedMarks({ folder }: Pick<RunFolder, 'folder'>): Mark[] {
  return entriesOf(join(folder, 'marks')).flatMap((name): Mark[] => {
    try {
      return [JSON.parse(readFileSync(join(folder, 'marks', name), 'utf8'))];
    } catch {
      return []; // taken back meanwhile, or half written by a harness that was killed: then nothing was started yet
    }
  });
}

/** A new place for a room; noted as a link of the same name, since two rooms have no folder of ours in common. Nothing is made yet. */
export function noteRoom({ folder }: RunFolder, name: string = plainName()): string {
  const room = join(tmpdir(), name);
  symlinkSync(room, join(folder, 'rooms', name), 'junction');
  return room;
}

/** Notes a folder elsewhere that must be gone with the run. */
export function noteFolder({ folder }: RunFolder, path: string): void {
  symlinkSync(path, join(folder, 'rooms', plainName()), 'junction');
}

/** The folders of all rooms of the run; none when its folder is gone. */
export function notedRooms({ folder }: Pick<RunFolder, 'folder'>): string[] {
  return entriesOf(join(folder, 'rooms')).flatMap((name): string[] => {
    try {
      return [readlinkSync(join(folder, 'rooms', name))];
    } catch {
      return []; // removed meanwhile
    }
  });
}

/**
 * Notes a started process for the watchdog: a program that sets its own title overwrites its environment, and some
 * systems do not show environments at all.
 */
export function notePid(run: RunFolder, pid: number): void {
  appendFileSync(join(run.folder, 'pids', String(pid)), '');
}

/** The noted processes; none when the folder is gone. */
export function notedPids({ folder }: Pick<RunFolder, 'folder'>): number[] {
  return entriesOf(join(folder, 'pids')).map(Number);
}

/** Takes back what notePid noted, once the process was reaped and its pid may be used again. */
export function forgetPid(run: RunFolder, pid: number): void {
  rmSync(join(run.folder, 'pids', String(pid)), { force: true });
}

/** Removes the run's folder and its rooms. */
export function removeRun(run: Pick<RunFolder, 'folder'>): void {
  for (const path of [...notedRooms(run), run.folder]) removeTreeSync(path);
}

/** Notes a process of the harness's own that leads a session, until it has ended. */
export function noteChild(run: RunFolder, child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  notePid(run, pid);
  child.once('exit', () => forgetPid(run, pid));
}

/** Adds a finished launch to the account. */
export function recordLaunch(run: RunFolder, record: LaunchRecord): void {
  appendFileSync(join(run.folder, 'launches.jsonl'), `${JSON.stringify(record)}\n`);
}

/** All finished launches; empty when there was none. */
export function readLaunches(run: RunFolder): LaunchRecord[] {
  const file = join(run.folder, 'launches.jsonl');
  // A full disk takes half a line.
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter((line) => line.endsWith('}')) : [];
  return lines.map((line): LaunchRecord => JSON.parse(line));
}
