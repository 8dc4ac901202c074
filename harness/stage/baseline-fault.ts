import { CouldNotJudge } from '../model/errors.ts';
import { WaitFailed } from '../system/wait.ts';
import { ended } from '../temporal/ready.ts';
import type { Actor } from './actor.ts';

/** What the baseline did instead of its work, with its own last lines: nothing can be compared with it, through no fault of the subject. */
export function baselineFault({ launch }: Actor, work: string, how: string): CouldNotJudge {
  return new CouldNotJudge(`the baseline does not ${work}: ${how}; its last lines:\n${launch.output.tail(8) || '(it printed nothing)'}`);
}

/**
 * Waits until a launch of the baseline is ready.
 * @throws {CouldNotJudge} when it ends or does not poll. An interrupted wait and a failing server say nothing of it: they are thrown as
 * they are.
 */
export async function readyBaseline(actor: Actor, signal: AbortSignal): Promise<void> {
  try {
    await actor.ready();
  } catch (error) {
    if (signal.aborted || !(error instanceof WaitFailed)) throw error;
    const seconds = actor.limits.readyMs / 1_000;
    throw baselineFault(actor, 'start', ended(actor.launch) ?? `it runs, but within ${seconds} s the server lists no poller of it`);
  }
}
