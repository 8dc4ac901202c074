import { median } from 'simple-statistics';
import { CouldNotJudge } from '../../model/errors.ts';
import { formatBytes, formatValue } from '../../model/format.ts';
import { effectText, rounded, type Decision } from './decision.ts';
import { effectivePercent, type Limit } from './limits.ts';

/**
 * Decides about a metric that hardly varies, as bytes and page faults, by comparing medians: one value of each for bytes, three for faults.
 *
 * @throws {CouldNotJudge} where there is no value, or one that is not above zero.
 */
export function exactDecision(limit: Limit, subject: readonly number[], previous: readonly number[]): Decision {
  const [now, before] = [middle(limit, subject, 'subject'), middle(limit, previous, 'previous')];
  const [limitPercent, effectPercent] = [effectivePercent(limit, before), 100 * (now - before) / before];
  const outcome = effectPercent > limitPercent ? 'fail' : 'pass';
  return {
    metric: limit.metric, outcome, pairs: Math.min(subject.length, previous.length), effectPercent, limitPercent,
    sentence: `${changeText(limit, subject, previous)}, limit ${rounded(limitPercent)} %: ${outcome}`,
  };
}

/** The change from one median to the other, for what is told and not judged. @throws {CouldNotJudge} as `exactDecision` does. */
export function changeText(limit: Limit, subject: readonly number[], previous: readonly number[]): string {
  const [now, before] = [middle(limit, subject, 'subject'), middle(limit, previous, 'previous')];
  return `${effectText(limit, 100 * (now - before) / before)}, ${inUnit(limit, now)} after ${inUnit(limit, before)}`;
}

function middle({ words: [name] }: Limit, values: readonly number[], of: string): number {
  const wrong = values.find((value) => !(value > 0 && value < Infinity));
  if (values.length > 0 && wrong === undefined) return median([...values]);
  const what = wrong === undefined ? 'has no value' : `is ${wrong}, and must be a number above zero`;
  throw new CouldNotJudge(`${name} of ${of} ${what}. Was it measured?`);
}

function inUnit({ unit }: Limit, value: number): string {
  return unit === 'bytes' ? formatBytes(value) : formatValue(value, unit);
}
