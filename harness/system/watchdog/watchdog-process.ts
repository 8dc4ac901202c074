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

const [folder = '', how] = process.argv.slice(2);
/** Its harness and its own watchdog are long gone: what has one of the noted pids may be somebody else's. */
const byMarks = how === 'by-marks';
let keeps = false;
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
  const noted = new Set(byMarks ? [] : notedPids({ folder }));
  const found = table.filter((entry) => marked.has(entry.pid) || noted.has(entry.pid) || noted.has(entry.groupId));
  const alive = [...withDescendants(table, found).values()].filter((entry) => !entry.zombie && entry.pid !== process.pid);
  return alive.map((entry) => ({ ...entry }));
}

async function sweep(): Promise<void> {
  await killAll(() => confirmed(members), { session, deadlineMs }).catch(() => {
    if (!byMarks) for (const pid of notedPids({ folder })) sendSignal(-pid, 'SIGKILL'); // blind: their groups at least
  });
  if (!keeps) for (const path of [...seen.rooms, folder]) removeTreeSync(path);
  process.exit(0);
}

process.on('message', (message: { watch?: boolean; keep?: boolean }) => {
  if (message.watch) watchNotes();
  if (message.keep) keeps = true;
});
process.on('disconnect', () => void sweep());
// The harness may be gone before this process is up.
if (process.connected) process.send?.('ready', () => {});
else void sweep();
