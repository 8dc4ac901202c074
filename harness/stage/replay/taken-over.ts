import { CheckFailed } from '../../model/errors.ts';
import { historyText } from '../../temporal/history.ts';
import { mismatchIn } from '../../temporal/take-over.ts';
import type { Actor, Plan } from '../actor.ts';
import type { CheckContext } from '../check-context.ts';
import { compare } from '../expectation.ts';
import { finishOn, killMidway } from './interrupted.ts';
import { atEvent, judgeAnswers, judgeReplays, readyAfter, remedy, words } from './judged.ts';
import { once, replayAll, type Replays } from './replays.ts';

/**
 * Kills a worker in the middle of these executions and lets the next launch end them, which is asked what the killed one was asked.
 * @returns what was looked for, in words. @throws {CheckFailed} when an execution is not brought to its end as the contract says.
 */
export async function takeOver(killed: Actor, plans: readonly Plan[], replays: readonly Replays[], context: CheckContext): Promise<string> {
  const { launch, evidence, signal } = context;
  const open = await killMidway(killed, plans, signal);
  if (open.length === 0) return 'not looked for after SIGKILL: no execution could be caught in its middle and be gone on with soon';
  const next = await launch({ heirOf: killed });
  for (const { plan } of open) {
    next.llm.script(plan.llm, 'turn');
    await next.host(plan);
  }
  await readyAfter(next, 'SIGKILL');
  for (const { plan, execution } of await finishOn(next, open, signal)) {
    const mismatch = mismatchIn(execution.events);
    const difference = compare(plan, execution);
    if (mismatch === undefined && difference === undefined) continue;
    evidence('history of the execution that was open', 'history.json', historyText(execution.events));
    const after = `"${plan.name}", in whose middle the worker was killed`;
    if (mismatch !== undefined) {
      const what = `${words(mismatch)}${atEvent(mismatch, execution.events)}`;
      throw new CheckFailed(`the next launch does not replay workflow ${plan.workflow} of ${after}: ${what}`, {
        expected: 'the commands of its history', got: `a failed workflow task: ${mismatch}`, remedy,
      });
    }
    throw new CheckFailed(`the next launch does not bring ${after}, to its end: ${difference?.sentence}`, difference?.difference);
  }
  // The others were replayed by the killed one.
  const each = replays.filter(({ run }) => run.plan !== undefined);
  const again = await replayAll(next, each.map(({ run }) => run), once, signal);
  await judgeReplays(again, { worker: next, surroundings: '', evidence });
  judgeAnswers(each, again);
  return `${open.length} that were open when the worker was killed ended by the next launch, which replays one closed one of each too`;
}
