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
  if (!help && operands.length !== 1) throw new UsageError("name the folder of the worker's source, got " +
    `${operands.join(', ') || 'none'}: ${line} . --binary dist/agent-runner`);
  return {
    help, check: given.has('check'), directory: given.absolute(operands[0] ?? '.'), binary: given.path('binary'),
    entry: given.text('entry'),    contract: given.path('contract'), temporalCli: given.path('temporal-cli'), words: started.words,
  };
}

/** What `init` is asked for. */
export type InitOptions = Readonly<ReturnType<typeof parseInitOptions>>;
