import { excusedMs } from '../../system/cpu/cpu-use.ts';
import { pinned } from '../../system/cpu/pinned.ts';
import { watchEnded } from '../../system/cost/launch-cost.ts';
import { Launch } from '../../system/launch/launch.ts';
import { libc } from '../../system/processes/libc-linux.ts';
import { endings } from '../endings.ts';
import { limitsOf } from '../limits.ts';
import type { Scope } from '../scope.ts';
import { faultOf, type Arm, type RunOne } from './arms.ts';
import { mustBeOneWorker } from './last-release.ts';

/** What one run of the version command took, from its start to its end; CPU of all its processes, undefined where that cannot be told. */
export type VersionRun = { readonly wallMs: number; readonly cpuMs: number | undefined };

/**
 * Runs the version command of one of both to its end, bound to one CPU where that is possible: it is short and mostly one thread. Nothing
 * else that this process has started may end meanwhile.
 * @throws {CouldNotJudge} where they say that they are two workers.
 */
export function versionRun({ run, use }: Scope, args: readonly string[], previousBinary: string): RunOne<VersionRun> {
  const said = new Map<Arm, string>();
  return async (arm, { environment, cpu }) => {
    const file = arm === 'subject' ? run.binary : previousBinary;
    const cost = libc && watchEnded(libc);
    const launch = Launch.start(run.run, pinned({ file, args, variant: arm }, cpu), environment);
    try {
      const wait = { stretch: launch.cpu.stretch() };
      const exit = await launch.waitForExit(limitsOf(run.contract).askMs, wait).catch((error: unknown) => {
        throw faultOf(arm, launch, `answer ${args.join(' ')}`, error);
      });
      const cpuMs = cost?.().cpuMs;
      const waitedMs = excusedMs(launch.cpu.use());
      if (exit?.code !== 0) throw faultOf(arm, launch, `answer ${args.join(' ')}`, undefined);
      said.set(arm, launch.output.tail(3));
      mustBeOneWorker(said.get('subject') ?? '', said.get('previous') ?? '');
      await (await use(endings)).keep(launch, { signal: undefined, exit, stopMs: 0 });
      return { wallMs: Math.max(1, exit.atMs - waitedMs), cpuMs };
    } finally {
      await launch.dispose();
    }
  };
}
