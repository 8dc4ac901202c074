import { randomInt } from 'node:crypto';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { entriesOf } from '../../harness/system/launch/room.ts';
import { killAll } from '../../harness/system/processes/kill.ts';
import type { ProcessEntry } from '../../harness/system/processes/process-entry.ts';
import { listProcesses } from '../../harness/system/processes/process-table.ts';
import { readProc } from '../../harness/system/proc.ts';
import { waitFor } from '../../harness/system/wait.ts';
import { changes, filesBelow, groupOf, linkOf } from './files.ts';

/** Where programs put what everybody on a machine can see. */
const shared = [...new Set([tmpdir(), homedir(), '/tmp', '/var/tmp', '/dev/shm', '/dev/mqueue', '/run', '/run/lock'])];

export type Traces = ReturnType<typeof watchTraces>;

/**
 * Watches what a command leaves on this machine. It is to be started under `under`, which marks everything that comes of it: with a limit
 * that every process inherits and launches are not marked by (RLIMIT_RTTIME, for real-time processes only), and for root with a group,
 * which every file and every segment of shared memory gets. For others, whatever is new counts. `untouched` are folders that must stay as
 * they are.
 */
export function watchTraces(untouched: readonly string[]) {
  const mark = 1_000_000_000 + randomInt(1 << 24);
  const [linux, root] = [process.platform === 'linux', process.getuid?.() === 0];
  const before = { files: filesBelow(untouched), shared: new Set(sharedNames()), memory: new Set(segments().map(({ name }) => name)) };
  const marked = (): ProcessEntry[] => (linux ? listProcesses().filter((entry) => !entry.zombie && hasLimit(entry.pid, mark)) : []);
  const isOwn = (group: number | undefined): boolean => !root || group === mark;
  return {
    under: [
      ...(linux ? ['prlimit', `--rttime=${mark}:${mark}`] : []), ...(linux && root ? ['setpriv', `--regid=${mark}`, '--keep-groups'] : []),
    ],
    /** What is left, each by its name; empty when all is as before. Processes are ended then, so that the next row is not blamed. */
    async left(): Promise<string[]> {
      await waitFor('every process to end', () => marked().length === 0 || undefined, { deadlineMs: 10_000 }).catch(() => {});
      const processes = marked();
      const ports = processes.map(({ pid, command }) => [`process ${pid} (${command})`, ...listeners(pid)].join(', listens on port '));
      await killAll(marked);
      return [
        ...ports, ...changes(before.files, filesBelow(untouched)),
        ...sharedNames().filter((path) => !before.shared.has(path) && isOwn(groupOf(path))),
        ...segments().filter(({ name, group }) => !before.memory.has(name) && isOwn(group)).map(({ name }) => name),
      ];
    },
  };
}

const sharedNames = (): string[] => shared.flatMap((folder) => entriesOf(folder).map((name) => join(folder, name)));

function hasLimit(pid: number, mark: number): boolean {
  return new RegExp(String.raw`^Max realtime timeout\s+${mark}\s`, 'm').test(readProc(`${pid}/limits`));
}

/** System V's shared memory, semaphores and queues of this machine, proc(5): the second column is the id, `cgid` the maker's group. */
function segments(): { readonly name: string; readonly group: number | undefined }[] {
  return ['shm', 'sem', 'msg'].flatMap((kind) => {
    const [head = '', ...rows] = readProc(`sysvipc/${kind}`).trim().split('\n');
    const group = head.trim().split(/\s+/).indexOf('cgid');
    return rows.map((row) => row.trim().split(/\s+/)).map((fields) => ({
      name: `System V ${kind} ${fields[1]}`, group: Number(fields[group]),
    }));
  });
}

/** The TCP ports on which a process listens, proc(5): state 0A, the port after the colon in hexadecimal. */
function listeners(pid: number): number[] {
  const own = new Set(entriesOf(`/proc/${pid}/fd`).flatMap((fd) => linkOf(`/proc/${pid}/fd/${fd}`)));
  return ['tcp', 'tcp6'].flatMap((kind) => readProc(`${pid}/net/${kind}`).split('\n').slice(1).flatMap((line) => {
    const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
    return state === '0A' && own.has(`socket:[${inode}]`) ? Number.parseInt(local.split(':')[1] ?? '', 16) : [];
  }));
}
