import { expect, test } from 'vitest';
import type { HistoryEvent } from './history.ts';
import { versionsIn } from './versioning.ts';

const task = (buildId?: string): HistoryEvent => (
  { workflowTaskCompletedEventAttributes: buildId === undefined ? {} : { deploymentVersion: { buildId } } }
);

test('the versions that did the tasks of a history, each time that it changes', () => {
  expect(versionsIn([])).toEqual([]);
  expect(versionsIn([task('a'), {}, task('a'), task('b'), task('b'), task('a')])).toEqual(['a', 'b', 'a']);
  expect(versionsIn([task()])).toEqual(['']);
});
