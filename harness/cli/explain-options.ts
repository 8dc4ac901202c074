import { UsageError } from '../model/errors.ts';
import { commands } from './command.ts';
import type { Invocation } from './invocation.ts';
import { readLine } from './read-line.ts';

/** Reads the command line. Throws a UsageError of one sentence for anything that is wrong in it. */
export function parseExplainOptions(started: Invocation, cwd: string = process.cwd()) {
  const given = readLine(commands.explain, started, cwd);
  const { operands } = given;
  if (operands.length > 1) throw new UsageError(`name one id, got ${operands.join(', ')}: ${started.words.join(' ')} ${operands[0]}`);
  return { help: given.has('help'), json: given.has('json'), id: operands[0] };
}
