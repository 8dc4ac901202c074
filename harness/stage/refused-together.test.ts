import { expect, test } from 'vitest';
import { clearlyRefused } from './refused-together.ts';

const variables = ['MODE', 'MODEL', 'LIMIT', 'QUEUE'];
const refused = (said: string, ...wrong: string[]): Record<string, string> => Object.fromEntries(clearlyRefused(said, wrong, variables));

test('each variable that is told in an error, in one line or in several', () => {
  expect(refused('error: MODE: local or remote; LIMIT: a number', 'MODE', 'MODEL', 'LIMIT')).toEqual({
    MODE: 'error: MODE: local or remote; LIMIT: a number', LIMIT: 'error: MODE: local or remote; LIMIT: a number',
  });
  expect(refused('error: MODEL: one of DEBUG, INFO, WARNING; LIMIT: a number', 'MODEL', 'LIMIT')).toHaveProperty('LIMIT');
  expect(refused('2 errors\n  MODE is no mode\n  LIMIT is no number', 'MODE', 'LIMIT')).toEqual({
    MODE: 'MODE is no mode', LIMIT: 'LIMIT is no number',
  });
});

test('none where one that is right is named as well: a list, a usage, or all of the environment', () => {
  expect(refused('set MODE, MODEL, LIMIT and QUEUE', 'MODE', 'MODEL', 'LIMIT')).toEqual({});
  expect(refused('error: MODE: local or remote', 'MODE', 'MODEL', 'LIMIT', 'QUEUE')).toEqual({});
});

test('none that is a part of another name, or of which it is only warned', () => {
  expect(refused('error: MODEL: provider:model\nSOME_LIMIT', 'MODE', 'MODEL', 'LIMIT')).toEqual({ MODEL: 'error: MODEL: provider:model' });
  expect(refused('WARNING MODE is unknown, local is taken\nLIMIT: a number', 'MODE', 'LIMIT')).toEqual({ LIMIT: 'LIMIT: a number' });
});
