import { array, assert, double, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CouldNotJudge, UsageError } from '../../model/errors.ts';
import { sequentialTest, type TestAnswer, type TestSettings } from './sequential-test.ts';

const settings = { d1: 0.05, alpha: 0.0005, beta: 0.03 };
const healthy = [0.010, -0.020, 0.015, 0.002, -0.011, 0.021, -0.004, 0.008, -0.016, 0.001];

/** The test after as many pairs as it wants of these differences, again and again. */
function after(differences: readonly number[], { factor = 1, ...more }: Partial<TestSettings> & { readonly factor?: number } = {}) {
  const decided = sequentialTest({ ...settings, ...more });
  for (let index = 0; decided.answer === undefined && index < 120; index++) {
    decided.add(factor * Math.exp(differences[index % differences.length] ?? 0), factor);
  }
  return { answer: decided.answer, ...decided.summary() };
}

describe('golden values, on which two implementations agree', () => {
  test('no change passes after 7 pairs', () => {
    const { answer, pairs, evidenceFail, evidencePass } = after(healthy);
    expect([answer, pairs, evidenceFail.toPrecision(5), evidencePass.toPrecision(5)]).toEqual(['pass', 7, '0.91747', '54.495']);
  });

  test('5 % more fails after 14 pairs', () => {
    const { answer, pairs, evidenceFail, evidencePass } = after(healthy.map((one) => one + Math.log(1.05)));
    expect([answer, pairs, evidenceFail.toFixed(1), evidencePass.toPrecision(5)]).toEqual(['fail', 14, '3684.6', '0.30937']);
  });
});

test.for([
  ['pass', 0, 6], ['pass', -0.05, 6], ['fail', 0.1, 12], ['fail', 1, 23],
] as const)('the clearest case is a %s, always %d, after %d pairs', ([answer, difference, pairs]) => {
  expect(after([difference])).toMatchObject({ answer, pairs });
});

test('a bet at most doubles: nothing passes before 6 pairs, nor fails before 11', () => {
  const difference = double({ min: -5, max: 5, noNaN: true });
  assert(property(array(difference, { minLength: 10, maxLength: 10 }), (differences) => {
    const decided = sequentialTest(settings);
    const answers = differences.map((one): TestAnswer => decided.add(Math.exp(one), 1));
    expect(answers.slice(0, 5)).toEqual(Array.from({ length: 5 }));
    expect(answers).not.toContain('fail');
  }));
});

test('a common factor of both changes nothing', () => {
  const { effectPercent, ...one } = after(healthy);
  const { effectPercent: other, ...thousand } = after(healthy, { factor: 1000 });
  expect(other).toBeCloseTo(effectPercent, 10);
  expect([thousand.answer, thousand.pairs, thousand.evidencePass.toPrecision(9)])
    .toEqual([one.answer, one.pairs, one.evidencePass.toPrecision(9)]);
});

test('after its answer more pairs change nothing', () => {
  const decided = sequentialTest(settings);
  for (let index = 0; index < 7; index++) decided.add(Math.exp(healthy[index] ?? 0), 1);
  const before = decided.summary();
  const answers = Array.from({ length: 50 }, () => decided.add(2, 1));
  expect(new Set([...answers, decided.answer])).toEqual(new Set(['pass']));
  expect(decided.summary()).toEqual(before);
});

test('what is tolerated is taken for no change, and the effect is told as it is', () => {
  const five = healthy.map((one) => one + Math.log(1.05));
  const { answer, effectPercent } = after(five, { tolerance: 0.05 });
  expect([answer, effectPercent.toFixed(2)]).toEqual(['pass', after(five).answer === 'fail' ? '5.21' : '']);
});

test('before any pair nothing is known', () => {
  expect(sequentialTest(settings).summary()).toEqual({
    pairs: 0, effectPercent: 0, intervalPercent: [-100, Infinity], evidenceFail: 1, evidencePass: 1,
  });
});

test('one pair that cannot be compared says so, and is not counted', () => {
  const decided = sequentialTest(settings);
  for (const value of [0, -1, NaN, Infinity]) {
    expect(() => decided.add(value, 1)).toThrow(CouldNotJudge);
    expect(() => decided.add(1, value)).toThrow(`the value of previous is ${value}, and must be a number above zero`);
  }
  expect(decided.summary().pairs).toBe(0);
});

test.for([
  [{ d1: 0 }, 'd1 of a test is 0: give a share above zero'],
  [{ d1: NaN }, 'd1 of a test is NaN'],
  [{ startSd: -1 }, 'startSd of a test is -1'],
  [{ alpha: 1 }, 'alpha of a test is 1: give an error rate between 0 and 1'],
  [{ beta: 0 }, 'beta of a test is 0'],
  [{ tolerance: -0.1 }, 'tolerance of a test is -0.1'],
] as const)('%o is not taken', ([wrong, sentence]) => {
  expect(() => sequentialTest({ ...settings, ...wrong })).toThrow(UsageError);
  expect(() => sequentialTest({ ...settings, ...wrong })).toThrow(sentence);
});
