import { expect, test } from 'vitest';
import { checkedAreas } from '../model/areas.ts';
import { exitCode } from './exit-codes.ts';
import { commands, tables } from './command.ts';
import { helpOf } from './help.ts';

const underNpm = helpOf(commands.verify, ['npm', 'test', '--']);
const installed = helpOf(commands.verify, ['npx', 'frostgate', 'verify']);

test.each([underNpm, installed])('the help names every flag, every word it takes and every exit code', (help) => {
  const words = Object.entries(commands.verify.flags).flatMap(([name, { words: values = [] }]) => [`--${name}`, ...values]);
  const codes = Object.entries(exitCode).map(([name, code]) => `  ${code}    ${name}`);
  expect([...words, ...checkedAreas, ...codes].filter((word) => !help.includes(word))).toStrictEqual([]);
});

test('no line is wider than a terminal of 130 columns', () => {
  expect(`${underNpm}${installed}`.split('\n').filter((line) => line.length > 130)).toStrictEqual([]);
});

test('every command line in it is one that works where it is shown', () => {
  expect(underNpm).toContain('Usage: npm test -- [options]          the -- matters');
  expect(underNpm).toContain('without it the reference agent-runner');
  expect(installed).toContain('Usage: npx frostgate verify [options]\n');
  expect(installed).toContain('  npx frostgate verify --binary dist/agent-runner --json > report.json\n');
  expect(installed).not.toMatch(/npm test|reference/);
});

test('every table of the file is that of a command, and can be read', () => {
  expect([...tables().keys()]).toEqual(Object.keys(commands));
  expect(Object.values(commands).map(({ usage }) => usage).filter((usage) => usage === '')).toEqual([]);
});
