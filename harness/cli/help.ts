import { wrapped } from '../model/width.ts';
import type { Command, Flag } from './command.ts';
import { exitCode } from './exit-codes.ts';

const columns = 130;
const widestLabel = 31;

/** What `--help` prints on stdout; `words` are those before the options: `npm test --`, or `frostgate verify`. */
export function helpOf(command: Command, words: readonly string[]): string {
  const { about, usage, flags, operand, examples, exits, closing } = command;
  const underNpm = words[0] === 'npm';
  const line = words.join(' ');
  const told = (text: string) => text.replaceAll('{line}', line).replaceAll('{silent}', line.replace(/ --$/, ' --silent --'));
  const rows = [
    ...(operand === undefined ? [] : [{ ...operand, label: `  ${operand.name}` }]),
    ...Object.entries(flags).map(([name, flag]) => (
      { ...flag, help: (underNpm && flag.fromSources) || flag.help, label: labelOf(name, flag) }
    )),
  ];
  const column = Math.min(widestLabel, 2 + Math.max(...rows.map(({ label }) => label.length)));
  const options = rows.map(({ heading, label, help }) =>
    `${heading === undefined ? '' : `\n${heading}\n`}${row(label, told(help), column)}`);
  const warning = underNpm ? '          the -- matters: without it npm keeps the options for itself' : '';
  const codes = (['pass', 'fail', 'usage', 'inconclusive'] as const).map((name) => row(`  ${exitCode[name]}    ${name}`, exits[name], 22));
  return [
    `${about}\n\nUsage: ${line} ${usage}${warning}`, ...options,
    '\nExamples', ...examples.map((example) => `  ${told(example)}`),
    '\nExit codes', ...codes, row('  128+n', 'ended by signal n (130 Ctrl-C, 143 SIGTERM)', 22),
    ...(closing === undefined ? [] : [`\n${wrapped(closing, columns).join('\n')}`]), '',
  ].join('\n');
}

function labelOf(name: string, { short, value, words }: Flag): string {
  return `  ${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${words?.join('|') ?? value}`}`;
}

/** A label and its text in a hanging column; below a label that is too long for it. */
function row(label: string, text: string, column: number): string {
  const margin = ' '.repeat(column);
  const start = label.length < column ? label.padEnd(column) : `${label}\n${margin}`;
  return `${start}${wrapped(text, columns - column).join(`\n${margin}`)}`;
}
