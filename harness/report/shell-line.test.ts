import { expect, test } from 'vitest';
import { shellLine } from './shell-line.ts';

test('a command line can be pasted', () => {
  expect(shellLine(['npm', 'test', '--', "it's here", '$HOME', ''])).toBe(String.raw`npm test -- 'it'\''s here' '$HOME' ''`);
});
