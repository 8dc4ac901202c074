import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Invocation } from '../cli/invocation.ts';
import { nearest } from '../contract/nearest.ts';
import { UsageError } from '../errors.ts';

/** What `inspect` was asked for. */
export type InspectOptions = { readonly help: boolean; readonly json: boolean; readonly file: string };

const flags = ['json', 'help'];

/** Reads the command line; the file's path is absolute. Throws a UsageError of one sentence for anything that is wrong in it. */
export function parseInspectOptions({ args, environment, words }: Invocation, cwd: string = process.cwd()): InspectOptions {
  const line = words.join(' ');
  const { tokens } = parseArgs({ args: [...args], options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } }, strict: false, allowPositionals: true, tokens: true });
  const given = tokens.flatMap((token) => (token.kind === 'option' ? [token] : []));
  if (given.some(({ name }) => name === 'help')) return { help: true, json: false, file: '' };
  for (const { name, rawName, value } of given) {
    const meant = nearest(name, flags);
    if (!flags.includes(name)) throw new UsageError(meant === undefined ? `unknown flag ${rawName}; see ${line} --help` : `unknown flag ${rawName}; did you mean --${meant}?`);
    if (value !== undefined) throw new UsageError(`--${name} takes no value, got ${value}`);
  }
  const files = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const [file] = files;
  if (file === undefined || files.length > 1) throw new UsageError(`name one file, got ${files.length === 0 ? 'none' : files.join(', ')}: ${line} dist/agent-runner`);
  return { help: false, json: given.some(({ name }) => name === 'json'), file: resolve((environment['npm_lifecycle_event'] !== undefined && environment['INIT_CWD']) || cwd, file) };
}

/** What `--help` prints on stdout. */
export function inspectHelp(words: readonly string[]): string {
  const line = words.join(' ');
  return `frostgate reads an executable without running it: what it is, what is in it, what is heavy, what looks unusual.

Usage: ${line} FILE [--json]

  FILE         a PyInstaller executable of any platform, one-file or one-dir; of other executables and Python archives it says what they are
  --json       all that was read as JSON on stdout: entries, modules, distributions, native files, scripts, options
  -h, --help   this text

Exit codes
  0    read
  2    usage          no such file, no executable, or a damaged one; one sentence says which
  3    inconclusive   it could not be read to the end
`;
}
