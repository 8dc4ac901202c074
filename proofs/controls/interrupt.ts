import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Signals } from '../../harness/cli/signals.ts';
import type { ProcessEntry } from '../../harness/system/processes/process-entry.ts';
import { listProcesses } from '../../harness/system/processes/process-table.ts';
import { waitFor } from '../../harness/system/wait.ts';
import { referenceBinary } from '../../harness/run/reference.ts';

// Ends the harness by a signal at random moments and proves that nothing of it is left: no process, no room, no port, no
// half-written report. Usage: interrupt.ts [TIMES]. Linux only: it looks at /proc.

using own = new Signals();
const times = Number(process.argv[2] ?? 4);
const signals = ['SIGINT', 'SIGTERM', 'SIGKILL'] as const;
const root = fileURLToPath(new URL('../../', import.meta.url));

/** About as long as a quick verification takes. */
const longestMs = 40_000;

/** Everything that works below the folder or names it: the harness's launches have their rooms there. */
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

async function interruptOnce(signal: (typeof signals)[number], afterMs: number): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'frostgate-interrupt-'));
  const reports = join(folder, 'reports');
  try {
    const options = ['--binary', referenceBinary, '--profile', 'quick', '--quiet', '--report-dir', reports];
    const child = spawn(
      process.execPath, [join(root, 'harness/main.ts'), ...options], { env: { ...process.env, TMPDIR: folder }, stdio: 'ignore' },
    );
    const ended = once(child, 'exit');
    await Promise.race([pause(afterMs, undefined, { signal: own.aborted }).catch(() => {}), ended]);
    const before = processesOf(folder);
    const sentAtMs = performance.now();
    const finished = child.exitCode !== null;
    child.kill(signal);
    await ended;
    const endedMs = performance.now() - sentAtMs;
    const gone = (): true | undefined =>
      (processesOf(folder).length === 0 && !readdirSync(folder).some((name) => name !== 'reports') ? true : undefined);
    await waitFor('everything to be gone', gone, { deadlineMs: 10_000, everyMs: 50 }).catch(() => {});
    process.stderr.write(`${signal.padEnd(7)} after ${(afterMs / 1000).toFixed(1).padStart(4)} s: ${before.length} processes, ended in ` +
      `${endedMs.toFixed(0)} ms${finished ? ' (had finished)' : ''}\n`);
    const code = signal === 'SIGKILL' ? null : 128 + constants.signals[signal];
    const open: number[] = [];
    for (const port of new Set(portsOf(before))) if (await isOpen(port)) open.push(port);
    return [
      ...processesOf(folder).map((entry) => `process ${entry.pid} is left: ${entry.command}`),
      ...readdirSync(folder).filter((name) => name !== 'reports').map((name) => `${name} is left in the directory for temporary files`),
      ...(existsSync(reports) ? readdirSync(reports).filter((name) => name.startsWith('.')).map(
        (name) => `${name} is left in the report folder`,
      ) : []),
      ...open.map((port) => `port ${port} is still open`),
      ...(finished || child.exitCode === code ? [] : [`the exit code is ${child.exitCode ?? child.signalCode}, expected ${code}`]),
      ...(signal === 'SIGKILL' || finished || before.length < 3 || existsSync(
        join(reports, 'linux-amd64/report.json'),
      ) ? [] : ['there is no report']),
    ];
  } finally {
    for (const entry of processesOf(folder)) process.kill(entry.pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

let failed = 0;
for (let index = 0; index < times && !own.aborted.aborted; index += 1) {
  const signal = signals[index % signals.length] ?? 'SIGINT';
  const problems = await interruptOnce(signal, Math.random() * longestMs);
  for (const problem of problems) process.stderr.write(`  ${problem}\n`);
  if (problems.length > 0) failed += 1;
}
process.stdout.write(`interruptions: ${times - failed} passed, ${failed} failed\n`);
process.exitCode = own.exitCode ?? (failed > 0 ? 1 : 0);
