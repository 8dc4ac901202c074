import { expect, test } from 'vitest';
import { errorText } from './run-command.ts';

test('an error moves no cursor and is no command to a CI runner', () => {
  expect(errorText('key \u001B[31m\u001B]0;title\u0007red\u009B5n\n::error::x\n##[warning]y')).toBe(
    'error: key red\n: :error::x\n## [warning]y\n',
  );
});
