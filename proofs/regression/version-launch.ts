import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { CouldNotJudge } from '../../harness/model/errors.ts';
import { noCost, watchEnded } from '../../harness/system/cost/launch-cost.ts';
import { pinned } from '../../harness/system/cpu/pinned.ts';
import { libc } from '../../harness/system/processes/libc-linux.ts';

/** What one `--version` took: of the whole tree, as far as it was waited for, and from spawn to exit. */
export type Cost = { readonly cpuMs: number; readonly wallMs: number };

const longestMs = 120_000;

/**
 * Runs `binary --version` on one CPU, where one is given, and says what it took. Nothing else that this process starts may end meanwhile.
 *
 * @throws {CouldNotJudge} when it does not end with exit code 0 within two minutes, and where the system has no eye for CPU.
 */
export async function launchVersion(binary: string, cpu: number | undefined, folder: string, padding: string): Promise<Cost> {
  if (libc === undefined) throw new CouldNotJudge(noCost(libc)?.reason ?? '');
  const { file, args } = pinned({ file: binary, args: ['--version'] }, cpu);
  const [cost, start] = [watchEnded(libc), process.hrtime.bigint()];
  const child = spawn(file, args, {
    stdio: 'ignore', timeout: longestMs, killSignal: 'SIGKILL', cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder, PADDING: padding },
  });
  // Not `close`: an orphan that keeps a pipe open would delay that.
  await once(child, 'exit');
  const wallMs = Number(process.hrtime.bigint() - start) / 1e6;
  const { exitCode, signalCode } = child;
  if (exitCode !== 0) throw new CouldNotJudge(`${binary} --version ended with ${signalCode ?? `exit code ${exitCode}`}: no sample`);
  return { cpuMs: cost().cpuMs, wallMs };
}
