import { effectText } from '../../judge/regression/decision.ts';
import { changeText } from '../../judge/regression/exact-decision.ts';
import { rowOf } from '../../model/catalogue.ts';
import { CheckFailed, CouldNotJudge, NotApplicable, NotLookedFor } from '../../model/errors.ts';
import type { RegressionMetric } from '../../model/regression-metrics.ts';
import { noCost } from '../../system/cost/launch-cost.ts';
import { unfitSentence } from '../../system/cpu/contention.ts';
import { libc } from '../../system/processes/libc-linux.ts';
import type { CheckContext } from '../check-context.ts';
import { summarise } from '../summary.ts';
import { failTogether } from '../together.ts';
import { attribution } from './attribution.ts';
import { regression } from './regression.ts';
import type { Decided } from './series.ts';
import { comparedWork } from './work-run.ts';

export type { Decided };

/**
 * Judges what a check holds against the last release (`beside` of its row); nothing is judged where none was named. `tell` is told what
 * was decided before that, and what is told only.
 * @throws {CheckFailed} where one of them is worse than the contract allows. @throws {CouldNotJudge} where one could not be decided.
 */
export async function judgeRegression(
  context: CheckContext, tell: (decided: readonly Decided[], told: readonly Decided[]) => void = () => {},
): Promise<void> {
  if (context.run.previous === undefined) return;
  const { decided: all, starts } = await context.use(regression);
  const { beside = [] } = rowOf(context.id) ?? {};
  if (beside.includes('wall.ready')) for (const start of starts) context.startedUp(start);
  const own = all.filter(({ limit }) => beside.includes(limit.metric));
  tell(own, all.filter(({ limit }) => limit.toldOnly));
  await mustHold(own, context);
}

/** The CPU of both. @throws {NotLookedFor} where this system cannot tell it. @throws {CouldNotJudge} where only this machine cannot. */
export async function judgeCpu(context: CheckContext): Promise<void> {
  const blind = noCost(libc);
  if (blind?.isSystem === true) throw new NotLookedFor(blind.reason);
  if (blind !== undefined) throw new CouldNotJudge(blind.reason);
  await judgeAlone(context, ['faults.ready']);
}

/**
 * The time of executions, where the contract names by how much it may be worse.
 * @throws {NotApplicable} where it does not. @throws {CouldNotJudge} where nothing can be repeated, too.
 */
export async function judgeThroughput(context: CheckContext): Promise<void> {
  if (context.run.contract?.regression.throughputPercent === undefined) {
    throw new NotApplicable('the contract gives no regression.throughputPercent');
  }
  const { name } = await context.use(comparedWork);
  await judgeAlone(context, [], `of "${name}": `);
}

/**
 * What has no limit of its own is judged only beside the last release: its pairs are what the check has compared. `also` is told, and
 * `before` in front of all.
 */
export async function judgeAlone(context: CheckContext, also: readonly RegressionMetric[] = [], before = ''): Promise<void> {
  const { id, measured, compares, note } = context;
  const [first] = rowOf(id)?.beside ?? [];
  await judgeRegression(context, (decided, told) => {
    compares(decided.reduce((sum, { decision: { pairs } }) => sum + pairs, 0), 'pairs');
    const more = told.filter(({ limit: { metric } }) => also.includes(metric));
    note(before + [
      ...decided.map(({ decision: { sentence } }) => sentence),
      ...more.map(({ limit, subject: now, previous }) => `${changeText(limit, now, previous)} (not judged)`),
    ].join('; '));
    for (const { limit: { metric, words: [title] }, subject, previous } of decided) {
      if (metric !== first) continue; // one row of the table for each check
      for (const [variant, samples] of [['subject', subject], ['previous', previous]] as const) {
        measured(summarise({ metric: id, title, unit: 'ms', variant, samples: [...samples] }));
      }
    }
  });
}

/** Keeps decisions in the report and holds them against what was promised. @throws as `judgeRegression` does. */
export async function mustHold(decided: readonly Decided[], context: CheckContext): Promise<void> {
  const { id, decided: keep } = context;
  for (const { limit: { unit }, decision, subject, previous, contention } of decided) {
    const { metric, outcome: answer, pairs, effectPercent, intervalPercent, limitPercent, sentence } = decision;
    const interval: [number, number] | undefined = intervalPercent && [...intervalPercent];
    keep({
      metric, check: id, answer, pairs, effectPercent, ...(interval && { intervalPercent: interval }), limitPercent, sentence, unit,
      samples: { subject: [...subject], previous: [...previous] }, ...(contention && { contention: [...contention] }),
    });
  }
  const failed = decided.filter(({ decision: { outcome } }) => outcome === 'fail');
  failTogether(await Promise.all(failed.map(async (one) => failureOf(one, await attribution(one.limit.key, context)))));
  const open = decided.filter(({ decision: { outcome } }) => outcome === 'inconclusive');
  if (open.length === 0) return;
  const unfit = unfitSentence(open.flatMap(({ contention = [] }) => contention));
  const why = [...open.map(({ decision: { sentence } }) => sentence), ...(unfit === undefined ? [] : [unfit])];
  throw new CouldNotJudge(`beside the last release: ${why.join('; ')}`);
}

function failureOf({ limit, decision: { sentence, effectPercent, limitPercent } }: Decided, why: string | undefined): CheckFailed {
  const allowed = `${Math.round(10 * limitPercent) / 10} %`;
  return new CheckFailed(`beside the last release: ${sentence}`, {
    expected: `no regression of ${limit.words[0]} that is as large as ${allowed}`,
    got: [effectText(limit, effectPercent), ...(why === undefined ? [] : [why])].join('; '),
    remedy: `look at what was added since the last release, or raise regression.${limit.key} in the contract`,
  });
}
