import { expect, test } from 'vitest';
import type { Asked } from '../unknown-types.ts';
import { lostTypes } from './lost-types.ts';

const asked = (kind: Asked['kind'], types: readonly string[] | undefined, name = 'main'): Asked => (
  { queue: { name, taskQueue: 'q', kinds: ['workflow', 'activity'] }, kind, type: 'none', answer: '', types }
);

test('what one release registers and the other one does not, on the queue where it was', () => {
  expect(lostTypes([asked('workflow', ['A', 'B', '__temporal_x']), asked('activity', ['a'])], [
    asked('workflow', ['A', 'C']), asked('activity', ['a', 'B']),
  ])).toEqual([{ kind: 'workflow', type: 'B' }]);
  expect(lostTypes([asked('workflow', ['A'])], [asked('workflow', ['A'], 'side'), asked('workflow', [])])).toEqual(
    [{ kind: 'workflow', type: 'A' }],
  );
});

test('who does not list what it has lacks nothing that could be told', () => {
  expect(lostTypes([asked('workflow', ['A'])], [asked('workflow', undefined)])).toEqual([]);
  expect(lostTypes([asked('workflow', undefined)], [asked('workflow', ['A'])])).toEqual([]);
});
