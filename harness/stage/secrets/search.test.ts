import { expect, test } from 'vitest';
import { kindsOf, sightingText } from './search.ts';

const sighting = (place: string, encoding = 'plain') => ({ name: 'KEY', encoding, place, at: 7 });

test('what many launches say alike is told once, each kind by itself', () => {
  const [one, two] = [sighting('stderr of process 12'), sighting('stderr of process 345')];
  const other = sighting('a workflow history, activityTaskCompleted (event 7)', 'base64');
  expect(sightingText(other)).toBe('KEY in a workflow history, activityTaskCompleted (event 7) (base64), at byte 7');
  expect(kindsOf([one, other, two])).toEqual(['KEY in stderr of process 12, at byte 7, and 1 more of this kind', sightingText(other)]);
});
