import { UsageError } from '../model/errors.ts';
import { commands } from './command.ts';
import type { Invocation } from './invocation.ts';
import { readLine } from './read-line.ts';

/** Reads the command line. Throws a UsageError of one sentence for anything that is wrong in it. */
export function parseInspectOptions(started: Invocation, cwd: string = process.cwd()) {
  const given = readLine(commands.inspect, started, cwd);
  const help = given.has('help');
  const { operands } = given;
  if (!help && operands.length !== 1) {
    throw new UsageError(`name one file, got ${operands.join(', ') || 'none'}: ${started.words.join(' ')} dist/agent-runner`);
  }
  return {
    help, json: given.has('json'), file: given.absolute(operands[0] ?? ''), reportDir: given.path('report-dir'),
    bundleEvidence: given.path('bundle-evidence'), baseline: given.path('baseline'), contract: given.path('contract'),
  };
}
