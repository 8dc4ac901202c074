import { expect, test } from 'vitest';
import { checkedAreas } from '../contract/catalogue.ts';
import { exitCode } from './exit-codes.ts';
import { flagNames, flagOf } from './flags.ts';
import { helpText } from './help.ts';

test('the help names every flag, every word it takes and every exit code', () => {
  const words = flagNames.flatMap((name) => [`--${name}`, ...(flagOf(name).words ?? [])]);
  const codes = Object.entries(exitCode).map(([name, code]) => `  ${code}    ${name}`);
  expect([...words, ...checkedAreas, ...codes].filter((word) => !helpText.includes(word))).toStrictEqual([]);
});

test('no line is wider than a terminal of 130 columns', () => {
  expect(helpText.split('\n').filter((line) => line.length > 130)).toStrictEqual([]);
});
