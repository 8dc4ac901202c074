import { expect, test } from 'vitest';
import { withoutCommands } from '../model/text.ts';
import { workflowCommand } from './workflow-commands.ts';

test.for([
  ['::error::x', ': :error::x'],
  ['\u00A0\u2003 ::set-env name=X::y', '\u00A0\u2003 : :set-env name=X::y'],
  ['\u00AD\u200B::stop-commands::t', '\u00AD\u200B: :stop-commands::t'],
  ['a\n \t::add-mask::b', 'a\n \t: :add-mask::b'],
  ['std::string and x ::y', 'std::string and x ::y'],
  ['say ##[error]x and ##vso[task.complete result=Succeeded;]', 'say ## [error]x and ## vso[task.complete result=Succeeded;]'],
  ['## heading, a ## b', '## heading, a ## b'],
])('without commands %j', ([text, expected]) => {
  expect(withoutCommands(text ?? '')).toBe(expected);
});

test('a million blank lines take no time', () => {
  const started = performance.now();
  for (const line of ['\n', ' \n', '\u00AD', ' ', '##']) withoutCommands(line.repeat(1_000_000));
  expect(performance.now() - started).toBeLessThan(3000);
});

test('a command is escaped as @actions/core does', () => {
  expect(workflowCommand({
    level: 'error', properties: { file: 'a,b:c%d.ts', line: '', title: 'x\ny' }, message: 'p: 100 %\r\n::error::q, r',
  })).toBe(
    '::error file=a%2Cb%3Ac%25d.ts,title=x%0Ay::p: 100 %25%0A: :error::q, r',
  );
  expect(workflowCommand({ level: 'warning', properties: { file: '' }, message: 'm' })).toBe('::warning::m');
});
