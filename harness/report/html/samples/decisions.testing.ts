import { median } from 'simple-statistics';
import { effectText, intervalText, rounded } from '../../../judge/regression/decision.ts';
import { effectivePercent, limitsOf } from '../../../judge/regression/limits.ts';
import { checkRows } from '../../../model/catalogue.ts';
import type { RegressionMetric } from '../../../model/regression-metrics.ts';
import type { RegressionDecision } from '../../../model/report.ts';

type Planned = readonly [metric: RegressionMetric, previous: number, noisePercent: number, pairs: number];

/** As a real worker has them: the value of the last release, the noise of a pair, the pairs that it took. */
const planned: readonly Planned[] = [
  ['size.file', 66_886_570, 0, 1], ['wall.version', 1_604, 6.2, 12], ['wall.ready', 2_243, 5.1, 8], ['memory.ready', 96.4e6, 1.7, 9],
  ['size.unpacked', 140_050_175, 0, 17], ['cpu.ready', 1_870, 2.4, 17], ['cpu.version', 1_020, 2.9, 10], ['wall.stop', 418, 7.5, 7],
];

/** How much each has changed, in per cent. */
type Changes = Readonly<Partial<Record<RegressionMetric, readonly [percent: number, answer?: RegressionDecision['answer']]>>>;

/** What a run beside the last release decides about a real worker, for tests alone: passes where nothing else is said. */
export function sampleDecisions(changes: Changes = {}): RegressionDecision[] {
  const limits = limitsOf({});
  return planned.flatMap(([metric, before, noisePercent, pairs]) => {
    const limit = limits.find((one) => one.metric === metric);
    const [percent, answer = 'pass'] = changes[metric] ?? [0];
    if (limit === undefined) return [];
    // The same each time, about evenly on both sides.
    const noise = (index: number, of: number): number => 1 + (noisePercent / 100) * Math.sin(index * 12.9898 * of) * 1.2;
    const previous = Array.from({ length: pairs }, (_, index) => Math.round(before * noise(index + 1, 1)));
    const subject = previous.map((value, index) => Math.round(value * (1 + percent / 100) * noise(index + 1, 2)));
    const effectPercent = median(subject.map((value, index) => 100 * (value / (previous[index] ?? 1) - 1)));
    const halfPercent = 2.4 * noisePercent / Math.sqrt(pairs);
    const intervalPercent: [number, number] = [effectPercent - halfPercent, effectPercent + halfPercent];
    const limitPercent = effectivePercent(limit, before);
    const interval = noisePercent === 0 ? '' : `, ${intervalText(effectPercent, intervalPercent)}`;
    return [{
      metric, check: checkRows.find(({ beside }) => beside?.includes(metric))?.id ?? metric, answer, pairs, effectPercent,
      ...(noisePercent > 0 && { intervalPercent }), limitPercent, unit: limit.unit,
      sentence: `${effectText(limit, effectPercent)}${interval}, limit ${rounded(limitPercent)} %: ${answer}${
        noisePercent > 0 ? ` after ${pairs} pairs` : ''}`,
      samples: { subject, previous },
    }];
  });
}
