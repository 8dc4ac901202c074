import { median } from 'simple-statistics';
import { CouldNotJudge, UsageError } from '../../model/errors.ts';
import { afterBet, firstStakes, logMean } from './bets.ts';
import { intervalOf, type Step } from './interval.ts';
import { expectedSd } from './scale.ts';

/** What is asked of a test. */
export type TestSettings = {
  /** The regression that must be caught, as a share of previous: 0.05 for 5 %. */
  readonly d1: number;
  /** What is taken for no change, as such a share; nothing when left out. */
  readonly tolerance?: number;
  /** How often at most it may fail where nothing has changed. */
  readonly alpha: number;
  /** How often at most it may pass a regression of `d1`. */
  readonly beta: number;
  /** The noise of a pair that is assumed before any is seen, as a share; 0.05 when left out. */
  readonly startSd?: number;
};

export type TestAnswer = 'fail' | 'pass' | undefined;

/** What the pairs say until the answer. */
export type TestSummary = {
  readonly pairs: number;
  /** The median change from previous to subject in per cent; more is worse. 0 before any pair. */
  readonly effectPercent: number;
  /** Its 95 % interval, which holds whenever one stops. With five pairs or fewer it is from -100 to Infinity. */
  readonly intervalPercent: readonly [number, number];
  /** What 1 has become that was bet on `subject > previous`; 1/alpha fails. */
  readonly evidenceFail: number;
  /** What 1 has become that was bet on `subject < previous * (1 + d1)`; 1/beta passes. */
  readonly evidencePass: number;
};

/** One in twenty intervals may miss. */
const intervalError = 0.05;

/**
 * A test of pairs of values of which more is worse, that may stop after each. Where nothing has changed and a coin decided in every pair
 * who ran first, both signs of a difference are as likely, so no bet on them wins on average, and whoever stops when 1 has become 1/alpha
 * is wrong in a share of alpha at most (Ville, 1939), whatever the noise, its tails and its drift are. After its answer further pairs
 * change neither the answer nor the summary.
 *
 * @throws {UsageError} for settings that no test can have. `add` throws {CouldNotJudge} for a value that is not above zero.
 */
export function sequentialTest(settings: TestSettings): {
  add: (subject: number, previous: number) => TestAnswer; readonly answer: TestAnswer; summary: () => TestSummary;
} {
  const { d1, tolerance = 0, alpha, beta, startSd = 0.05 } = checked(settings);
  const [unit, tolerated] = [Math.log1p(d1), Math.log1p(tolerance)];
  const percent = (log: number) => 100 * Math.expm1(log + tolerated);
  const steps: Step[] = [];
  let [fail, pass] = [firstStakes, firstStakes];
  let answer: TestAnswer;
  return {
    get answer() {
      return answer;
    },
    add(subject, previous) {
      const ratio = compared(subject, 'subject') / compared(previous, 'previous');
      if (answer !== undefined) return answer;
      const difference = Math.log(ratio) - tolerated;
      const sd = expectedSd(steps.map((step) => step.difference), startSd);
      steps.push({ difference, sd });
      fail = afterBet(fail, difference, unit, sd);
      pass = afterBet(pass, unit - difference, unit, sd);
      if (logMean(fail) >= -Math.log(alpha)) answer = 'fail';
      else if (logMean(pass) >= -Math.log(beta)) answer = 'pass';
      return answer;
    },
    summary() {
      const [lowest, highest] = intervalOf(steps, unit, intervalError);
      return {
        pairs: steps.length,
        effectPercent: steps.length === 0 ? 0 : percent(median(steps.map(({ difference }) => difference))),
        intervalPercent: [percent(lowest), percent(highest)],
        evidenceFail: Math.exp(logMean(fail)),
        evidencePass: Math.exp(logMean(pass)),
      };
    },
  };
}

function compared(value: number, of: string): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw new CouldNotJudge(`A pair can't be compared: the value of ${of} is ${value}, and must be a number above zero. Was it measured?`);
}

function checked(settings: TestSettings): TestSettings {
  for (const name of ['d1', 'startSd'] as const) {
    const value = settings[name] ?? 1;
    if (!(value > 0 && value < Infinity)) throw new UsageError(`${name} of a test is ${value}: give a share above zero, as 0.05 for 5 %.`);
  }
  for (const name of ['alpha', 'beta'] as const) {
    if (!(settings[name] > 0 && settings[name] < 1)) {
      throw new UsageError(`${name} of a test is ${settings[name]}: give an error rate between 0 and 1, as 0.01.`);
    }
  }
  const { tolerance = 0 } = settings;
  if (!(tolerance >= 0 && tolerance < Infinity)) {
    throw new UsageError(`tolerance of a test is ${tolerance}: give a share from zero up, as 0.02 for 2 %.`);
  }
  return settings;
}
