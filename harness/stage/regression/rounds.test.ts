import { expect, test } from 'vitest';
import type { Arm } from './arms.ts';
import { inRounds, pairOfRounds } from './rounds.ts';

const times = (subject: readonly number[], previous: readonly number[]): Map<Arm, readonly number[]> => new Map([
  ['subject', subject], ['previous', previous],
]);

test('what slows a whole round down slows both, and has no say in their ratio', () => {
  const machine = [1, 3, 1, 8, 2, 1, 5];
  const { subject, previous } = pairOfRounds(times(machine.map((factor) => 55 * factor), machine.map((factor) => 50 * factor)));
  expect(subject / previous).toBeCloseTo(1.1, 10);
  expect(previous).toBe(100);
});

test('exchanged, the ratio is the other way round: the coin that names them is fair', () => {
  const [some, others] = [[50, 61, 48, 70, 52], [49, 52, 47, 300, 55]];
  const [one, other] = [pairOfRounds(times(some, others)), pairOfRounds(times(others, some))];
  expect(one.subject / one.previous).toBeCloseTo(other.previous / other.subject, 10);
});

test('one by one, each of a round once, in an order that is drawn for each', async () => {
  const order: Arm[] = [];
  let running = 0;
  const taken = await inRounds(['subject', 'previous'], { least: 3, most: 60, mostMs: 60_000 }, async (arm) => {
    running += 1;
    order.push(arm);
    await Promise.resolve();
    expect(running).toBe(1);
    running -= 1;
  });
  expect([...taken.values()].map(({ length }) => length)).toEqual([60, 60]);
  const firsts = Array.from({ length: 60 }, (_, round) => order.slice(2 * round, 2 * round + 2));
  expect(firsts.every(([one, other]) => one !== other)).toBe(true);
  // Fewer than 8 of 60 come once in ten billion.
  const subjectFirst = firsts.filter(([one]) => one === 'subject').length;
  expect(Math.min(subjectFirst, 60 - subjectFirst)).toBeGreaterThanOrEqual(8);
});

test('slow ones have as few rounds as fit into the time, three at least', async () => {
  const taken = await inRounds(['previous'], { least: 3, most: 60, mostMs: 0 }, async () => await Promise.resolve());
  expect([...taken]).toEqual([['previous', [expect.any(Number), expect.any(Number), expect.any(Number)]]]);
});
