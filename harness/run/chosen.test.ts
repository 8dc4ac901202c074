import { expect, test } from 'vitest';
import { checkOnly } from './chosen.ts';

test('an area, a check and nothing at all are fine', () => {
  expect(() => checkOnly([], undefined)).not.toThrow();
  expect(() => checkOnly(['startup', 'shutdown.survivors'], undefined)).not.toThrow();
});

test('what is no check is refused with the nearest name, for otherwise nothing would run', () => {
  expect(() => checkOnly(['startup.redy'], undefined)).toThrow('--only startup.redy: no check of this contract has this name; did you ' +
    'mean startup.ready?');
  expect(() => checkOnly(['execution.of-another-contract'], undefined)).toThrow('--list-checks tells them');
});
