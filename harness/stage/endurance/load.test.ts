import { expect, test } from 'vitest';
import type { Plan } from '../actor.ts';
import { fewest } from './load.ts';

const candidate = (name: string, cost: number, ...parts: readonly string[]) => ({ plan: { name } as Plan, parts: new Set(parts), cost });
const chosen = (...candidates: readonly ReturnType<typeof candidate>[]) => fewest(candidates).map(({ name }) => name);

test('the fewest executions in which everything has a part, the cheapest first', () => {
  const all = candidate('all', 30, 'flow', 'a', 'b');
  expect(chosen(candidate('dear', 40, 'flow', 'a', 'b'), candidate('cheap', 10, 'a'), all)).toEqual(['all']);
  expect(chosen(candidate('cheap', 10, 'c'), all)).toEqual(['all', 'cheap']);
  expect(chosen()).toEqual([]);
});
