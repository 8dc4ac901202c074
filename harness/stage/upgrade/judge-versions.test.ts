import { expect, test } from 'vitest';
import type { HistoryEvent } from '../../temporal/history.ts';
import type { Behaviour } from '../../temporal/versioning.ts';
import type { Plan } from '../plan.ts';
import { wrongIn } from './judge-versions.ts';
import { goesTo } from './route.ts';

const plan: Plan = { name: 'is approved', workflow: 'Approval', input: [], llm: [], expect: { result: 1 } };
const versions = { previous: { buildId: 'a' }, subject: { buildId: 'b' } };
const moved = (behaviour: Behaviour, tasks: readonly string[], waited = true) => ({
  plan, behaviour, waited, alone: undefined, done: {
    ending: { kind: 'completed', result: 1 } as const, durationMs: 1,
    events: tasks.map((buildId): HistoryEvent => ({ workflowTaskCompletedEventAttributes: { deploymentVersion: { buildId } } })),
  },
});
const wrong = (...args: Parameters<typeof moved>) => wrongIn(moved(...args), 'previous', versions)?.message;

test('pinned work stays with the version that began it', () => {
  expect(wrong('pinned', ['a', 'a'])).toBeUndefined();
  expect(wrong('pinned', ['a', 'b'])).toBe('workflow Approval ("is approved") is pinned, and leaves version a of the last release');
});

test('other work is ended by the version that is current, where it had to wait for it', () => {
  expect(wrong('auto-upgrade', ['a', 'b'])).toBeUndefined();
  expect(wrong('auto-upgrade', ['a', 'a'])).toContain('is to move to the current version (auto-upgrade), and stays on a');
  expect(wrong('auto-upgrade', ['a', 'a'], false)).toBeUndefined();
});

test('where new work goes is told by several in a row', () => {
  expect(goesTo(['a', 'b', 'b', 'b', 'b'], 'b')).toBe(true);
  expect(goesTo(['b', 'a', 'b', 'b'], 'b')).toBe(false);
  expect(goesTo(['b', 'b'], 'b')).toBe(false);
});
