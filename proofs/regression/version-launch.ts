import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { CouldNotJudge } from '../../harness/model/errors.ts';

/** What one `--version` took: of the whole tree, as far as it was waited for, and from spawn to exit. */
export type Cost = { readonly cpuMs: number; readonly wallMs: number };

const longestMs = 120_000;

/**
 * Runs `binary --version` on one CPU and says what it took. Nothing else that this process starts may end meanwhile.
 *
 * @throws {CouldNotJudge} when it does not end with exit code 0 within two minutes, and where the system has no eye for CPU.
 */
export async function launchVersion(binary: string, cpu: number, folder: string, padding: string): Promise<Cost> {
  const used = cpuOfChildren();
  const [beforeMs, start] = [used(), process.hrtime.bigint()];
  const child = spawn('taskset', ['-c', String(cpu), binary, '--version'], {
    stdio: 'ignore', timeout: longestMs, killSignal: 'SIGKILL', cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder, PADDING: padding },
  });
  // Not `close`: an orphan that keeps a pipe open would delay that.
  await once(child, 'exit');
  const wallMs = Number(process.hrtime.bigint() - start) / 1e6;
  const { exitCode, signalCode } = child;
  if (exitCode !== 0) throw new CouldNotJudge(`${binary} --version ended with ${signalCode ?? `exit code ${exitCode}`}: no sample`);
  return { cpuMs: used() - beforeMs, wallMs };
}

type Time = { readonly s: number; readonly us: number };

/** getrusage(2) of the children that have ended and were waited for, user and system time, in milliseconds. */
function cpuOfChildren(): () => number {
  if (process.platform !== 'linux') throw new CouldNotJudge(`CPU of a process tree is not measured on ${process.platform} here`);
  const koffi: typeof import('koffi') = createRequire(import.meta.url)('koffi');
  const time = koffi.struct({ s: 'long', us: 'long' });
  const usage = koffi.struct({ user: time, system: time, rest: koffi.array('long', 14) });
  const getrusage = koffi.load(null).func('getrusage', 'int', ['int', koffi.out(koffi.pointer(usage))]);
  return () => {
    const now: { user?: Time; system?: Time } = {};
    getrusage(-1, now);
    return [now.user, now.system].reduce((sum, one) => sum + (one === undefined ? 0 : one.s * 1e3 + one.us / 1e3), 0);
  };
}
