import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Invocation } from './invocation.ts';
import { nearest } from '../contract/nearest.ts';
import { UsageError } from '../model/errors.ts';

/** What `inspect` was asked for; every path is absolute. */
export type InspectOptions = {
  readonly help: boolean;
  readonly json: boolean;
  readonly file: string;
  /** Where a page is to be written; none without it. */
  readonly reportDir: string | undefined;
  /** The project to compare with; without it only the file is read. */
  readonly baseline: string | undefined;
};

/** Flags without a value, and those that take a folder. */
const switches = ['json', 'help'];
const folders = ['report-dir', 'baseline'];

/** Reads the command line. Throws a UsageError of one sentence for anything that is wrong in it. */
export function parseInspectOptions({ args, environment, words }: Invocation, cwd: string = process.cwd()): InspectOptions {
  const line = words.join(' ');
  const { tokens } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean' }, 'report-dir': { type: 'string' }, baseline: { type: 'string' }, help: { type: 'boolean', short: 'h' },
    },
    strict: false, allowPositionals: true, tokens: true,
  });
  const given = tokens.flatMap((token) => (token.kind === 'option' ? [token] : []));
  if (given.some(({ name }) => name === 'help')) return { help: true, json: false, file: '', reportDir: undefined, baseline: undefined };
  const base = (environment['npm_lifecycle_event'] !== undefined && environment['INIT_CWD']) || cwd;
  const paths = new Map<string, string>();
  for (const { name, rawName, value, inlineValue } of given) {
    if (switches.includes(name)) {
      if (value !== undefined) throw new UsageError(`--${name} takes no value, got ${value}`);
    } else if (folders.includes(name)) {
      // In `--report-dir --json` the second is a flag; a folder of such a name is given as `--report-dir=--json`.
      if (value === undefined || value === '' || (!inlineValue && value.startsWith('-'))) throw new UsageError(
        `--${name} needs a folder: ${line} dist/agent-runner --${name} ${name === 'baseline' ? 'path/to/project' : 'reports'}`,
      );
      if (paths.has(name)) throw new UsageError(`--${name} is given twice; give it once`);
      paths.set(name, resolve(base, value));
    } else {
      const meant = nearest(name, [...switches, ...folders]);
      throw new UsageError(meant === undefined ? `unknown flag ${rawName}; see ${line} --help` : `unknown flag ${rawName}; did you ` +
        `mean --${meant}?`);
    }
  }
  const files = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const [file] = files;
  if (file === undefined || files.length > 1) throw new UsageError('name one file, got ' +
    `${files.length === 0 ? 'none' : files.join(', ')}: ${line} dist/agent-runner`);
  return { help: false, json: given.some(
    ({ name }) => name === 'json',
  ), file: resolve(base, file), reportDir: paths.get('report-dir'), baseline: paths.get('baseline') };
}

/** What `--help` prints on stdout. */
export function inspectHelp(words: readonly string[]): string {
  const line = words.join(' ');
  return `frostgate reads an executable without running it: what it is, what is in it, what is heavy, what looks wrong or unusual.

Usage: ${line} FILE [--baseline DIR] [--json] [--report-dir DIR]

  FILE              a PyInstaller executable of any platform, one-file or one-dir; of other executables and Python archives it says what they are
  --baseline DIR    the folder of the source that it was built from: also say what is missing, and the line of the spec file that repairs it. The
                    source is run for that, the executable is not; needs the project's worker-contract.yaml, takes about 10 s
  --json            all that was read as JSON on stdout: entries, modules, distributions, native files, scripts, options, hints
  --report-dir DIR  write DIR/inspect.html, a page with what takes how much, and DIR/inspect.json, the same as --json
  -h, --help        this text

Exit codes
  0    read; with --baseline: and nothing is missing
  1    fail           with --baseline: something is missing, stale or does not belong there
  2    usage          no such file, no executable, or a damaged one; one sentence says which
  3    inconclusive   it could not be read to the end, or not be compared
`;
}
