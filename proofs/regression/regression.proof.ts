import { describe, expect, test } from 'vitest';
import { asked } from '../support/asked.ts';
import { simulate } from './simulate.ts';
import { markdownOf } from './table-text.ts';

// False alarms, power and what the coin is for, of the statistical decision, on noise of every kind and on recorded noise. With a fixed
// seed, so that a red is never chance; npm run gate-check -- --simulate does twenty times as many, from any seed.

const { whole } = asked();
const [gates, limitMs] = [whole ? 4_000 : 200, 900_000];

describe('regression', () => {
  test(`the error rates are what they are said to be, over ${gates} gates of each kind`, { timeout: limitMs }, () => {
    const result = simulate(gates, 'proof', () => undefined);
    expect(result.rows.length).toBeGreaterThan(40);
    expect(result.faults, markdownOf(result)).toEqual([]);
  });
});
