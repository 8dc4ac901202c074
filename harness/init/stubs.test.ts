import { expect, test } from 'vitest';
import { stubsIn, stubsText } from './stubs.ts';

test('lines that are still to be filled in, with what; a line that is all comment is none', () => {
  const text = 'worker: x\nexecutions:\n  - name: a\n    input: ["#1"] # fill in: order: string\n    # steps: # fill in: later\n' +
    '    expect: 1 # fill in\n';
  expect(stubsIn(text)).toEqual([
    { line: 4, text: 'input: ["#1"]', what: 'order: string' }, { line: 6, text: 'expect: 1', what: 'what belongs there' },
  ]);
  expect(stubsText('c.yaml', stubsIn(text))).toMatch(/^2 lines of c\.yaml are to be filled in.*\n {2}c\.yaml:4 {2}input/);
  expect(stubsText('c.yaml', [])).toBe('c.yaml: nothing is left to fill in\n');
});
