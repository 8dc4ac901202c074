import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { probeExitCode, probeProgram, type ProbeArchitecture } from './probe-program.ts';

/** A run of the probe: how long it took, and the file name of the emulator that ran it; undefined where the processor did. */
export type Probed = { readonly ms: number; readonly by: string | undefined };

/** It takes 10 ms, or 100 under an emulator. */
const deadlineMs = 10_000;

/**
 * Starts a small program of an architecture, which it writes into `folder` and takes away again. Undefined where nothing runs it here.
 * Who runs it is what the kernel has started in its place: the file that /proc/PID/exe names, see proc_pid_exe(5).
 */
export async function probe(architecture: ProbeArchitecture, folder: string): Promise<Probed | undefined> {
  const file = join(folder, `probe-${architecture}`);
  try {
    writeFileSync(file, probeProgram(architecture), { mode: 0o755 });
    const began = performance.now();
    const child = spawn(file, { stdio: 'ignore', signal: AbortSignal.timeout(deadlineMs), killSignal: 'SIGKILL' });
    const runner = exeOf(child.pid);
    const [code]: unknown[] = await once(child, 'exit');
    const ms = performance.now() - began;
    if (code !== probeExitCode) return undefined;
    return { ms, by: runner === undefined || runner === basename(file) ? undefined : runner };
  } catch {
    return undefined; // a file system on which nothing may be executed, or nothing that executes it
  } finally {
    rmSync(file, { force: true });
  }
}

function exeOf(pid: number | undefined): string | undefined {
  try {
    return pid === undefined ? undefined : basename(readlinkSync(`/proc/${pid}/exe`));
  } catch {
    return undefined; // it has ended
  }
}
