import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { killAll } from './kill.ts';
import { runMark } from './marks.ts';
import { pidsWithEnvironment } from './process-table.ts';

const [mark = '', folder = ''] = process.argv.slice(2);
const folders = new Set([folder]);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

function notedPids(): number[] {
  try {
    return readdirSync(join(folder, 'pids')).map(Number);
  } catch {
    return [];
  }
}

function marked(): { pid: number }[] {
  return pidsWithEnvironment(`${runMark}=${mark}`).map((pid) => ({ pid }));
}

async function sweep(): Promise<void> {
  await killAll(marked);
  // Noted pids count only where environments cannot be read: elsewhere a pid may meanwhile be somebody else's.
  if (process.platform === 'win32') for (const pid of notedPids()) await killAll(() => [{ pid }], 100);
  for (const path of folders) rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  process.exit(0);
}

process.on('message', (message: { remove?: string; keep?: boolean }) => {
  if (message.remove !== undefined) folders.add(message.remove);
  if (message.keep) folders.delete(folder);
});
process.on('disconnect', () => void sweep());
process.send?.('ready');
