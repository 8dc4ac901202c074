import { UsageError } from '../model/errors.ts';
import { commands } from './command.ts';
import type { Invocation } from './invocation.ts';
import { readLine } from './read-line.ts';

/** Reads the command line. Throws a UsageError of one sentence for anything that is wrong in it. */
export function parseFetchOptions(started: Invocation, cwd: string = process.cwd()) {
  const given = readLine(commands.fetch, started, cwd);
  const [unexpected] = given.operands;
  if (unexpected !== undefined) throw new UsageError(`unexpected argument ${unexpected}; a contract is named by a flag: ` +
    `${started.words.join(' ')} --contract ${unexpected}`);
  return { help: given.has('help'), contract: given.path('contract') };
}
