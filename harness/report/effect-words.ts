import { rounded } from '../judge/regression/decision.ts';
import type { RegressionDecision } from '../model/report.ts';

type Effect = Pick<RegressionDecision, 'effectPercent' | 'intervalPercent'>;

/** An answer in the words of a table. */
export const answerWords = { pass: 'pass', fail: 'fail', inconclusive: "can't tell" } as const satisfies Record<
  RegressionDecision['answer'], string
>;

/** How much it has changed, with the interval of 95 % where there is one: `+7.9 % (+6.1 to +9.6)`. */
export function effectWords({ effectPercent, intervalPercent }: Effect): string {
  const interval = intervalPercent === undefined ? '' : ` (${intervalPercent.map(signed).join(' to ')})`;
  return `${signed(effectPercent)} %${interval}`;
}

/** `limit 5 %`. */
export function limitWords({ limitPercent }: Pick<RegressionDecision, 'limitPercent'>): string {
  return `limit ${rounded(limitPercent)} %`;
}

/** `+7.9`, `−1.2`, `0`. */
function signed(percent: number): string {
  const value = rounded(percent);
  return value === 0 ? '0' : `${value < 0 ? '−' : '+'}${Math.abs(value)}`;
}
