import { rmSync } from 'node:fs';
import { killAll } from '../processes/kill.ts';
import { runMark } from '../processes/marks.ts';
import type { ProcessEntry } from '../processes/process-entry.ts';
import { listProcesses, pidsWithEnvironment, withDescendants } from '../processes/process-table.ts';
import { notedPids } from '../launch/run-folder.ts';

const [mark = '', folder = ''] = process.argv.slice(2);
const folders = new Set([folder]);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

/** What of the run is alive: what carries the mark, leads or belongs to the process group of a noted launch, or descends from those. */
function members(): ProcessEntry[] {
  const table = listProcesses();
  const noted = new Set(notedPids({ folder, mark }));
  const marked = new Set(pidsWithEnvironment(`${runMark}=${mark}`));
  const found = table.filter((entry) => marked.has(entry.pid) || noted.has(entry.pid) || noted.has(entry.groupId));
  return [...withDescendants(table, found).values()].filter((entry) => !entry.zombie && entry.pid !== process.pid);
}

async function sweep(): Promise<void> {
  await killAll(members);
  for (const path of folders) rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  process.exit(0);
}

process.on('message', (message: { remove?: string; keep?: boolean }) => {
  if (message.remove !== undefined) folders.add(message.remove);
  if (message.keep) folders.delete(folder);
});
process.on('disconnect', () => void sweep());
// The harness may be gone before this process is up.
if (process.connected) process.send?.('ready', () => {});
else void sweep();
