import type { Ending } from './endings.ts';
import { leaving } from './leaving.ts';
import { promisedStop } from './promised-stop.ts';
import type { Scope } from './scope.ts';
import { stops } from './stops.ts';
import { tracedLaunch } from './traced-launch.ts';

/**
 * The stops of idle workers, of which the started process alone was told: the measure for all others. A quick run takes those of launches
 * that it has for something else and that end so.
 */
export async function idleStops({ run, use }: Pick<Scope, 'run' | 'use'>, signal: NodeJS.Signals): Promise<readonly Ending[]> {
  const known = run.profile === 'quick' ? await endedSo({ run, use }, signal) : undefined;
  return known === undefined ? (await use(stops)).of(signal, 'idle') : [known];
}

async function endedSo({ run, use }: Pick<Scope, 'run' | 'use'>, signal: NodeJS.Signals): Promise<Ending | undefined> {
  const [first, second] = promisedStop(run.contract).signals;
  try {
    if (signal === first && run.eyes.syscalls === undefined) return (await use(tracedLaunch)).ending;
    if (signal === second) return (await use(leaving))?.next;
  } catch {} // its own checks are told
  return undefined;
}
