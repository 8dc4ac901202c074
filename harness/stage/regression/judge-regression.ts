import { effectText } from '../../judge/regression/decision.ts';
import { rowOf } from '../../model/catalogue.ts';
import { CheckFailed, CouldNotJudge, NotLookedFor } from '../../model/errors.ts';
import { noCost } from '../../system/cost/launch-cost.ts';
import { libc } from '../../system/processes/libc-linux.ts';
import type { CheckContext } from '../check-context.ts';
import { summarise } from '../summary.ts';
import { failTogether } from '../together.ts';
import { regression } from './regression.ts';
import type { Decided } from './series.ts';

export type { Decided };

/**
 * Judges what a check holds against the last release (`beside` of its row); nothing is judged where none was named. `tell` is told what
 * was decided before that.
 * @throws {CheckFailed} where one of them is worse than the contract allows. @throws {CouldNotJudge} where one could not be decided.
 */
export async function judgeRegression(
  context: CheckContext, tell: (decided: readonly Decided[]) => void = () => {},
): Promise<void> {
  if (context.run.previous === undefined) return;
  const all = await context.use(regression);
  const { beside = [] } = rowOf(context.id) ?? {};
  const own = all.filter(({ limit }) => beside.includes(limit.metric));
  tell(own);
  mustHold(own, context);
}

/** The CPU of both. @throws {NotLookedFor} where this system cannot tell it. @throws {CouldNotJudge} where only this machine cannot. */
export async function judgeCpu(context: CheckContext): Promise<void> {
  const blind = noCost(libc);
  if (blind?.isSystem === true) throw new NotLookedFor(blind.reason);
  if (blind !== undefined) throw new CouldNotJudge(blind.reason);
  await judgeAlone(context);
}

/** What has no limit of its own is judged only beside the last release: its pairs are what the check has compared. */
export async function judgeAlone(context: CheckContext): Promise<void> {
  const { id, measured, compares, note } = context;
  const [first] = rowOf(id)?.beside ?? [];
  await judgeRegression(context, (decided) => {
    compares(decided.reduce((sum, { decision: { pairs } }) => sum + pairs, 0), 'pairs');
    note(decided.map(({ decision: { sentence } }) => sentence).join('; '));
    for (const { limit: { metric, words: [title] }, subject, previous } of decided) {
      if (metric !== first) continue; // one row of the table for each check
      for (const [variant, samples] of [['subject', subject], ['previous', previous]] as const) {
        measured(summarise({ metric: id, title, unit: 'ms', variant, samples: [...samples] }));
      }
    }
  });
}

/** Keeps decisions in the report and holds them against what was promised. @throws as `judgeRegression` does. */
export function mustHold(decided: readonly Decided[], { id, decided: keep }: CheckContext): void {
  for (const { limit: { unit }, decision, subject, previous } of decided) {
    const { metric, outcome: answer, pairs, effectPercent, intervalPercent, limitPercent, sentence } = decision;
    const interval: [number, number] | undefined = intervalPercent && [...intervalPercent];
    keep({
      metric, check: id, answer, pairs, effectPercent, ...(interval && { intervalPercent: interval }), limitPercent, sentence, unit,
      samples: { subject: [...subject], previous: [...previous] },
    });
  }
  failTogether(decided.filter(({ decision: { outcome } }) => outcome === 'fail').map(failureOf));
  const open = decided.filter(({ decision: { outcome } }) => outcome === 'inconclusive').map(({ decision: { sentence } }) => sentence);
  if (open.length > 0) throw new CouldNotJudge(`beside the last release: ${open.join('; ')}`);
}

function failureOf({ limit, decision: { sentence, effectPercent, limitPercent } }: Decided): CheckFailed {
  const allowed = `${Math.round(10 * limitPercent) / 10} %`;
  return new CheckFailed(`beside the last release: ${sentence}`, {
    expected: `no regression of ${limit.words[0]} that is as large as ${allowed}`, got: effectText(limit, effectPercent),
    remedy: `look at what was added since the last release, or raise regression.${limit.key} in the contract`,
  });
}
