import { expect, test } from 'vitest';
import type { HistoryEvent } from '../../temporal/history.ts';
import type { Plan } from '../plan.ts';
import { wrongWith } from './judge-upgrade.ts';
import type { Moved } from './moved.ts';
import { remediesOf } from './remedies.ts';

const plan: Plan = { name: 'is approved', workflow: 'Approval', input: [], llm: [], expect: { result: 1 } };
const sides = { one: 'the last release', other: 'the executable', remedies: remediesOf('previous') };
const failed = (message: string): HistoryEvent => ({ workflowTaskFailedEventAttributes: { failure: { message } } });
const scheduled = { eventId: 5, activityTaskScheduledEventAttributes: { activityType: { name: 'book' } } } as unknown as HistoryEvent;
const moved = (events: readonly HistoryEvent[], result: unknown, alone?: string): Moved => (
  { plan, done: { ending: { kind: 'completed', result }, events, durationMs: 1 }, waited: true, alone }
);

test('other commands are told with workflow, event and remedy', () => {
  const text = '[TMPRL1100] Nondeterminism error: Activity machine does not handle this event: HistoryEvent(id: 5, TimerStarted)';
  const wrong = wrongWith(moved([scheduled, failed(text)], 1), sides);
  expect(wrong?.message).toBe('the executable does not come to the commands of workflow Approval ("is approved"), which the last ' +
    `release has begun: ${text} (event 5 scheduled book)`);
  expect(wrong?.difference.remedy).toContain('workflow.patched("name")');
  expect(wrongWith(moved([failed(text)], 1), { ...sides, remedies: remediesOf('subject') })?.difference.remedy).toContain('--allow');
});

test('an activity that the SDK names without its event is found', () => {
  const text = "[TMPRL1100] Nondeterminism error: Activity type of scheduled event 'book' does not match activity type 'ask'";
  expect(wrongWith(moved([scheduled, failed(text)], 1), sides)?.message).toMatch(/type 'ask' \(event 5\)$/);
});

test('a task that failed is no success, whatever came of it, and a result is as expected or not', () => {
  expect(wrongWith(moved([failed('no such field')], 1), sides)?.message).toBe('the executable does not go on with workflow Approval ' +
    '("is approved"), which the last release has begun: a workflow task failed: no such field');
  expect(wrongWith(moved([], 2), sides)?.message).toContain('result is not as expected');
  expect(wrongWith(moved([], 1), sides)).toBeUndefined();
});

test('what the other release does not do alone either is told by its own check', () => {
  expect(wrongWith(moved([], 2, 'result is not as expected'), sides)).toBeUndefined();
});
