import { expect, test } from 'vitest';
import type { HistoryEvent } from '../../temporal/history.ts';
import type { Actor, Done } from '../actor.ts';
import { varying } from './varying.ts';

const plan = { name: 'answers', workflow: 'W', input: [], llm: [], expect: { result: 1 } };
const scheduled = (name: string) => ({ activityTaskScheduledEventAttributes: { activityType: { name } } }) as HistoryEvent;
const launched = (variant: 'subject' | 'baseline', types: readonly string[], result = 1) => ({
  launch: { command: { variant } },
  executions: [{ plan, ending: { kind: 'completed', result }, events: types.map(scheduled), durationMs: 1 } satisfies Done],
}) as unknown as Actor;

test('executions that two launches did otherwise, though both went well', () => {
  const usual = launched('subject', ['a', 'b']);
  expect(varying([usual, launched('subject', ['b', 'a'])])).toEqual(['answers']);
  expect(varying([usual, launched('subject', ['a', 'b']), launched('baseline', ['b']), launched('subject', ['a'], 2)])).toEqual([]);
});
