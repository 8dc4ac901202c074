import { UsageError } from '../model/errors.ts';
import type { Command } from './command.ts';
import type { Invocation } from './invocation.ts';
import { readLine } from './read-line.ts';

/** `npm run inspect --`, installed `frostgate inspect`. */
export const inspectCommand: Command<'baseline' | 'json' | 'report-dir' | 'help'> = {
  about: 'frostgate reads an executable without running it: what it is, what is in it, what is heavy, what looks wrong or unusual.',
  usage: 'FILE [options]',
  operand: {
    name: 'FILE', heading: 'What is read',
    help: 'a PyInstaller executable of any platform, one-file or one-dir; of other executables and Python archives it says what they are',
  },
  flags: {
    baseline: {
      value: 'DIR', example: 'path/to/project',
      help: 'the Poetry project that it was built from: also say what is missing, and the line of the spec file that repairs it. The ' +
        "source is run for that, the executable is not; needs the project's worker-contract.yaml, takes about 10 s",
    },
    json: {
      heading: 'What comes out',
      help: 'all that was read as JSON on stdout: entries, modules, distributions, native files, scripts, options, hints',
    },
    'report-dir': {
      value: 'DIR', example: 'reports',
      help: 'write DIR/inspect.html, a page with what takes how much, and DIR/inspect.json, the same as --json',
    },
    help: { short: 'h', help: 'this text' },
  },
  before: 'dist/agent-runner',
  examples: ['{line} dist/agent-runner', '{line} dist/agent-runner --baseline .'],
  exits: {
    pass: 'read; with --baseline: and nothing is missing',
    fail: 'with --baseline: something is missing, stale or does not belong there',
    usage: 'no such file, no executable, or a damaged one; one sentence says which',
    inconclusive: 'it could not be read to the end, or not be compared',
  },
};

/** Reads the command line. Throws a UsageError of one sentence for anything that is wrong in it. */
export function parseInspectOptions(started: Invocation, cwd: string = process.cwd()) {
  const given = readLine(inspectCommand, started, cwd);
  const help = given.has('help');
  const { operands } = given;
  if (!help && operands.length !== 1) {
    throw new UsageError(`name one file, got ${operands.join(', ') || 'none'}: ${started.words.join(' ')} dist/agent-runner`);
  }
  return {
    help, json: given.has('json'), file: given.absolute(operands[0] ?? ''), reportDir: given.path('report-dir'),
    baseline: given.path('baseline'),
  };
}
