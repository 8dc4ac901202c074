import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { constants } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ProcessEntry } from '../../harness/system/processes/process-entry.ts';
import { listProcesses } from '../../harness/system/processes/process-table.ts';
import { waitFor } from '../../harness/system/wait.ts';
import { referenceBinary } from '../../harness/run/reference.ts';
import { root } from '../support/command.ts';

/** What a run that was interrupted left behind, a sentence each, and how it went. */
export type Interrupted = { readonly problems: readonly string[]; readonly told: string };

/** Everything that works below the folder or names it: the harness's launches have their rooms there. A running harness names nothing. */
function processesOf(folder: string): ProcessEntry[] {
  return listProcesses().filter((entry) => !entry.zombie && entry.pid !== process.pid && (
    entry.command.includes(folder) || workingDirectory(entry.pid).startsWith(folder)
  ));
}

function workingDirectory(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

function portsOf(processes: readonly ProcessEntry[]): number[] {
  return processes.flatMap(
    (entry) => [...entry.command.matchAll(/--port (\d+)|127\.0\.0\.1:(\d+)/g)].map((match) => Number(match[1] ?? match[2])),
  );
}

async function isOpen(port: number): Promise<boolean> {
  const socket = connect({ host: '127.0.0.1', port });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(1_000) });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Ends the processes that a broken run has left. */
export function endAll(folder: string): void {
  for (const entry of processesOf(folder)) process.kill(entry.pid, 'SIGKILL');
}

/**
 * Starts a quick verification whose temporary files go to `folder`, ends it by `signal` after a while and looks at what is left: there
 * may be no process, no room, no port and no half-written report. Linux only: it looks at /proc.
 */
export async function interrupt(
  signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL', afterMs: number, folder: string, over: AbortSignal,
): Promise<Interrupted> {
  const reports = join(folder, 'reports');
  const args = [join(root, 'harness/main.ts'), '--binary', referenceBinary, '--profile', 'quick', '--quiet', '--report-dir', reports];
  const child = spawn(process.execPath, args, { env: { ...process.env, TMPDIR: folder }, stdio: 'ignore' });
  const ended = once(child, 'exit');
  await Promise.race([pause(afterMs, undefined, { signal: over }).catch(() => {}), ended]);
  const before = processesOf(folder);
  const sentAtMs = performance.now();
  const finished = child.exitCode !== null;
  child.kill(signal);
  await ended;
  const endedMs = performance.now() - sentAtMs;
  const others = () => readdirSync(folder).filter((name) => name !== 'reports');
  const gone = (): true | undefined => (processesOf(folder).length === 0 && others().length === 0 ? true : undefined);
  await waitFor('everything to be gone', gone, { deadlineMs: 10_000, everyMs: 50 }).catch(() => {});
  const code = signal === 'SIGKILL' ? null : 128 + constants.signals[signal];
  const open: number[] = [];
  for (const port of new Set(portsOf(before))) if (await isOpen(port)) open.push(port);
  // While Node still loads the program the signal itself ends it, which a shell tells by the same number; nothing has been started then.
  const unheard = before.length === 1 && child.signalCode === signal;
  const hidden = existsSync(reports) ? readdirSync(reports).filter((name) => name.startsWith('.')) : [];
  const reported = signal === 'SIGKILL' || finished || before.length < 2 || existsSync(join(reports, 'linux-amd64/report.json'));
  return { problems: [
    ...processesOf(folder).map((entry) => `process ${entry.pid} is left: ${entry.command}`),
    ...others().map((name) => `${name} is left in the directory for temporary files`),
    ...hidden.map((name) => `${name} is left in the report folder`),
    ...open.map((port) => `port ${port} is still open`),
    ...(finished || unheard || child.exitCode === code ? [] : [`the exit code is ${child.exitCode ?? child.signalCode}, expected ${code}`]),
    ...(reported ? [] : ['there is no report']),
  ], told: `$ node ${args.join(' ')}\n${signal} after ${(afterMs / 1000).toFixed(1)} s: ${before.length} processes, ended in ` +
    `${endedMs.toFixed(0)} ms${finished ? ' (had finished)' : ''}` };
}
