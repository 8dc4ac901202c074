import { UsageError } from '../model/errors.ts';
import { commands } from './command.ts';
import type { Invocation } from './invocation.ts';
import { readLine } from './read-line.ts';

/** Reads the command line. Throws a UsageError of one sentence for anything that is wrong in it. */
export function parseInitOptions(started: Invocation, cwd: string = process.cwd()) {
  const given = readLine(commands.init, started, cwd);
  const help = given.has('help');
  const { operands } = given;
  const line = started.words.join(' ');
  const isAlone = operands.length === 0 && given.has('binary');
  if (!help && operands.length !== 1 && !isAlone) throw new UsageError("name the folder of the worker's source, or an executable alone " +
    `with --binary, got ${operands.join(', ') || 'none'}: ${line} . --binary dist/agent-runner`);
  if (isAlone && given.has('entry')) throw new UsageError(`--entry names a script in a folder: ${line} . --entry main.py`);
  if (given.has('apply') && !given.has('update')) throw new UsageError(`--apply writes what --update shows: ${line} . --update --apply`);
  if (given.has('check') && given.has('update')) throw new UsageError('--check and --update are two questions: give one');
  return {
    help, check: given.has('check'), update: given.has('update'), apply: given.has('apply'), binary: given.path('binary'),
    directory: operands[0] === undefined ? undefined : given.absolute(operands[0]),
    entry: given.text('entry'),    contract: given.path('contract'), temporalCli: given.path('temporal-cli'), words: started.words,
  };
}

/** What `init` is asked for. */
export type InitOptions = Readonly<ReturnType<typeof parseInitOptions>>;
