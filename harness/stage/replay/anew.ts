import { CheckFailed } from '../../model/errors.ts';
import { waitFor } from '../../system/wait.ts';
import { historyText } from '../../temporal/history.ts';
import { ended } from '../../temporal/ready.ts';
import { replayed, resetTo } from '../../temporal/reset.ts';
import { mismatchIn } from '../../temporal/take-over.ts';
import type { Actor } from '../actor.ts';
import type { CheckContext } from '../check-context.ts';
import type { Closed } from './closed.ts';
import { expectedOf, named, remedy, words } from './judged.ts';

/** From each of these workflow tasks a run is begun anew, the last one being 0: what such a worker sees depends on where it begins. */
const tasks = [0, 1, 2];

/**
 * Begins closed runs anew in front of another process, for a worker that does not tell by a query what it replays otherwise. What a run
 * did after that point is done once more, until it has been seen, and then ended.
 * @throws {CheckFailed} when the process does not come to the commands of a history.
 */
export async function beginAnew(
  worker: Actor, runs: readonly Closed[], surroundings: string, { evidence, signal }: CheckContext,
): Promise<string> {
  const { client, launch, limits } = worker;
  let count = 0;
  for (const run of runs.filter(({ plan }) => plan !== undefined)) {
    for (const back of tasks) {
      const handle = await resetTo(client, run, back);
      if (handle === undefined) continue;
      count += 1;
      const events = await waitFor(`a replay of ${named(run)}`, () => replayed(handle), {
        deadlineMs: limits.executionMs, signal, stretch: launch.cpu.stretch(), over: () => ended(launch),
      });
      await handle.terminate('it has been replayed').catch(() => {});
      const mismatch = mismatchIn(events);
      if (mismatch === undefined) continue;
      evidence(`history of ${run.type} that another process does not replay`, 'history.json', historyText(events));
      throw new CheckFailed(`another process does not replay ${named(run)}: ${words(mismatch)}`, {
        expected: expectedOf(surroundings), got: `a failed workflow task: ${mismatch}`, remedy,
      });
    }
  }
  return `${count} times a closed one was begun anew by another process`;
}
