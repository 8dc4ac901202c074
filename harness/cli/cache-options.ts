import { UsageError } from '../model/errors.ts';
import { commands } from './command.ts';
import type { Invocation } from './invocation.ts';
import { readLine } from './read-line.ts';

/** Reads the command line. Throws a UsageError of one sentence for anything that is wrong in it. */
export function parseCacheOptions(started: Invocation, cwd: string = process.cwd()) {
  const given = readLine(commands.cache, started, cwd);
  const help = given.has('help');
  const [action, ...more] = given.operands;
  if (!help && ((action !== 'list' && action !== 'prune') || more.length > 0)) throw new UsageError('say list or prune, got ' +
    `${given.operands.join(' ') || 'nothing'}: ${started.words.join(' ')} list`);
  if (given.has('all') && action !== 'prune') throw new UsageError(`--all is for prune: ${started.words.join(' ')} prune --all`);
  return { help, prunes: action === 'prune', all: given.has('all') };
}
