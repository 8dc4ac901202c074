import { fork } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { InfrastructureError } from '../../model/errors.ts';
import { entriesOf } from '../launch/room.ts';
import { ownerFile, type RunFolder } from '../launch/run-folder.ts';
import { makeFolder } from '../make-folder.ts';
import { plainName } from '../plain-name.ts';
import { keyOf, type ProcessEntry } from '../processes/process-entry.ts';
import { listProcesses } from '../processes/process-table.ts';
import { cacheFolder } from '../tools/cache.ts';
import { siblingModule } from '../tools/sibling.ts';
import { endOf } from '../wait.ts';

/** What the next run of the same user must know to end what is left of this one, should its watchdog be killed along with it. */
type Note = {
  readonly machine: string;
  readonly folder: string;
  /** The same secret lies in the folder: whatever else has its name by then is not ours. */
  readonly mark: string;
  /** Who ends the run's processes: as long as one of them is alive, it is not abandoned. */
  readonly guards: readonly string[];
};

const notesFolder = (): string => join(cacheFolder(), 'runs');
const sweepMs = 60_000;

/** Where pids mean the same: a container that shares the user's home has others. */
function machineId(): string {
  try {
    return [hostname(), readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(), readlinkSync('/proc/self/ns/pid')].join(' ');
  } catch {
    return hostname();
  }
}

/**
 * Notes a run and who guards it; the returned function takes the note back. Where the cache takes no file, or no process is seen, there
 * is no note.
 */
export async function noteRun({ folder, mark }: RunFolder, guardPids: readonly number[]): Promise<() => Promise<void>> {
  const file = join(notesFolder(), plainName());
  const guards = seenProcesses()?.filter(({ pid }) => guardPids.includes(pid)).map(keyOf);
  if (guards === undefined) return async () => {};
  const note: Note = { machine: machineId(), folder, mark, guards };
  await makeFolder(notesFolder()).then(() => writeFile(file, JSON.stringify(note), { mode: 0o600 })).catch(() => {});
  return () => rm(file, { force: true }).catch(() => {});
}

/** Every process of this machine; undefined where they cannot be seen, and nobody could tell which run is abandoned. */
function seenProcesses(): ProcessEntry[] | undefined {
  try {
    return listProcesses();
  } catch (error) {
    if (error instanceof InfrastructureError) return undefined;
    throw error;
  }
}

/**
 * Ends what is left of this user's runs whose harness and watchdog were both killed, and removes their folders. Each is proved to be one:
 * the secret of its note lies in its folder, which is this user's own, and processes carry the marks that are noted there.
 * @returns the folders that were swept.
 */
export async function sweepAbandoned(): Promise<string[]> {
  const names = entriesOf(notesFolder());
  if (names.length === 0) return [];
  const [machine, table] = [machineId(), seenProcesses()];
  if (table === undefined) return [];
  const alive = new Set(table.filter(({ zombie }) => !zombie).map(keyOf));
  const swept: string[] = [];
  for (const file of names.map((name) => join(notesFolder(), name))) {
    const note = readNote(file);
    if (note === undefined || note.machine !== machine || note.guards.some((guard) => alive.has(guard))) continue;
    if (isOwn(note)) {
      await sweep(note.folder);
      swept.push(note.folder);
    }
    await rm(file, { force: true }).catch(() => {});
  }
  return swept;
}

function readNote(file: string): Note | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // taken back just now, or half written
  }
}

function isOwn({ folder, mark }: Note): boolean {
  try {
    const stat = lstatSync(folder);
    return stat.isDirectory() && stat.uid === (process.getuid?.() ?? stat.uid) && readFileSync(join(folder, ownerFile), 'utf8') === mark;
  } catch {
    return false;
  }
}

/** A watchdog that nobody keeps does its round at once. Pids may belong to others by now: it goes by the marks alone. */
async function sweep(folder: string): Promise<void> {
  const child = fork(siblingModule('watchdog-process', import.meta.url), [folder, 'by-marks'], {
    detached: true, stdio: 'ignore', env: {}, execArgv: [],
  });
  const ended = once(child, 'exit');
  child.disconnect();
  await endOf('the end of what an earlier run left', ended, { deadlineMs: sweepMs });
}
