import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newMark } from '../processes/marks.ts';
import { entriesOf } from './room.ts';

/** Where one run of the harness keeps everything that must be gone afterwards. Plain data: it is handed to threads. */
export type RunFolder = { readonly folder: string; readonly mark: string };

/** One finished launch, for the account of where the time went. Times are milliseconds since the epoch. */
export type LaunchRecord = { readonly variant: 'subject' | 'baseline'; readonly startMs: number; readonly endMs: number };

/** A name for this run and its folder in the system's directory for temporary files; nothing is made yet. */
export function newRun(): RunFolder {
  const mark = newMark();
  return { folder: join(tmpdir(), `frostgate-${mark}`), mark };
}

/** Makes the run's folder, for this user only. */
export function createRunFolder(run: RunFolder): void {
  mkdirSync(run.folder, { mode: 0o700 });
  mkdirSync(join(run.folder, 'pids'));
}

/**
 * Notes a started process for the watchdog: a program that sets its own title overwrites its environment, and some
 * systems do not show environments at all.
 */
export function notePid(run: RunFolder, pid: number): void {
  appendFileSync(join(run.folder, 'pids', String(pid)), '');
}

/** The noted processes; none when the folder is gone. */
export function notedPids(run: RunFolder): number[] {
  return entriesOf(join(run.folder, 'pids')).map(Number);
}

/** Takes back what notePid noted, once the process was reaped and its pid may be used again. */
export function forgetPid(run: RunFolder, pid: number): void {
  rmSync(join(run.folder, 'pids', String(pid)), { force: true });
}

/** Adds a finished launch to the account. */
export function recordLaunch(run: RunFolder, record: LaunchRecord): void {
  appendFileSync(join(run.folder, 'launches.jsonl'), `${JSON.stringify(record)}\n`);
}

/** All finished launches; empty when there was none. */
export function readLaunches(run: RunFolder): LaunchRecord[] {
  const file = join(run.folder, 'launches.jsonl');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  return lines.map((line): LaunchRecord => JSON.parse(line));
}
