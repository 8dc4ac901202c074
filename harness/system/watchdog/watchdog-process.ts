import { watch } from 'node:fs';
import { join } from 'node:path';
import { confirmed } from '../processes/confirmed.ts';
import { killAll, sendSignal } from '../processes/kill.ts';
import type { ProcessEntry } from '../processes/process-entry.ts';
import { sessionOf, withDescendants } from '../processes/process-table.ts';
import type { Mark } from '../processes/marks.ts';
import { survey } from '../processes/survey.ts';
import { removeTreeSync } from '../tree.ts';
import { notedMarks, notedPids, notedRooms } from '../launch/run-folder.ts';

const [folder = ''] = process.argv.slice(2);
const folders = new Set([folder]);
/** The harness's: its groups may be those of whoever started it. */
const session = sessionOf(process.ppid);
/** Nobody is there to try again: even on a machine that is busy with other things it takes as long as it takes. */
const deadlineMs = 300_000;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

/** Every mark and room that was noted: who empties the system's folder for temporary files takes the notes along. */
const seen = { marks: new Map<string, Mark>(), rooms: new Set<string>() };

function remember(): void {
  for (const mark of notedMarks({ folder })) seen.marks.set(JSON.stringify(mark), mark);
  for (const room of notedRooms({ folder })) seen.rooms.add(room);
}

/** Reads notes as they are made. Where files cannot be watched it reads them at the end only. */
function watchNotes(): void {
  try {
    for (const record of ['marks', 'rooms']) watch(join(folder, record), { persistent: false }, remember).on('error', () => {});
  } catch {} // no watch is left on this machine, or the folder is gone
}

/** What of the run is alive: what carries a mark, leads or belongs to the process group of a noted launch, or descends from those. */
function members(): ProcessEntry[] {
  remember();
  const { table, marked } = survey([...seen.marks.values()]);
  const noted = new Set(notedPids({ folder }));
  const found = table.filter((entry) => marked.has(entry.pid) || noted.has(entry.pid) || noted.has(entry.groupId));
  const alive = [...withDescendants(table, found).values()].filter((entry) => !entry.zombie && entry.pid !== process.pid);
  return alive.map((entry) => ({ ...entry }));
}

async function sweep(): Promise<void> {
  await killAll(() => confirmed(members), { session, deadlineMs }).catch(() => {
    for (const pid of notedPids({ folder })) sendSignal(-pid, 'SIGKILL'); // blind: their groups at least
  });
  const rooms = folders.has(folder) ? seen.rooms : [];
  for (const path of [...rooms, ...folders]) removeTreeSync(path);
  process.exit(0);
}

process.on('message', (message: { watch?: boolean; remove?: string; keep?: boolean }) => {
  if (message.watch) watchNotes();
  if (message.remove !== undefined) folders.add(message.remove);
  if (message.keep) folders.delete(folder);
});
process.on('disconnect', () => void sweep());
// The harness may be gone before this process is up.
if (process.connected) process.send?.('ready', () => {});
else void sweep();
