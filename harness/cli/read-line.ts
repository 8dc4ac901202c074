import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { nearest } from '../contract/nearest.ts';
import { UsageError } from '../model/errors.ts';
import { takes, type Command } from './command.ts';
import type { Invocation } from './invocation.ts';
import { refuseSwallowed } from './swallowed.ts';

/** One flag with its value, "" where it takes none. */
type Word = { readonly flag: string; readonly value: string };

/** What a command line says. Paths are absolute. */
export type Given = ReturnType<typeof readLine>;

/** The folder that paths count from, where the user stands: INIT_CWD under npm, which changes the folder (`npm --prefix`), else `cwd`. */
export function baseOf(environment: NodeJS.ProcessEnv, cwd: string): string {
  return (environment['npm_lifecycle_event'] !== undefined && environment['INIT_CWD']) || cwd;
}

/** Reads the command line by its table. Throws a UsageError of one sentence for what is wrong; beside `--help` nothing is. */
export function readLine(command: Command, { args, environment, words: lineWords }: Invocation, cwd: string) {
  const { flags } = command;
  const line = lineWords.join(' ');
  const options = Object.fromEntries(Object.entries(flags).map(([name, { value, short }]) =>
    [name, { type: value === undefined ? 'boolean' : 'string', multiple: true, ...(short !== undefined && { short }) } as const]));
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const asksForHelp = tokens.some((token) => token.kind === 'option' && token.name === 'help');
  const read = asksForHelp ? [] : tokens;
  const words: Word[] = asksForHelp ? [{ flag: 'help', value: '' }] : [];
  const operands = read.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  for (const token of read) {
    if (token.kind !== 'option') continue;
    const value = valueOf(command, token, line);
    if (flags[token.name]?.repeatable !== true && words.some(({ flag }) => flag === token.name)) {
      throw new UsageError(`--${token.name} is given twice; give it once`);
    }
    words.push({ flag: token.name, value });
  }
  if (!asksForHelp) refuseSwallowed(command, environment, new Set(words.map(({ flag }) => flag)), operands, line);
  const texts = (name: string) => {
    if (!Object.hasOwn(flags, name)) throw new Error(`no flag --${name} stands in the table of its command`);
    return words.filter(({ flag }) => flag === name).map(({ value }) => value);
  };
  const absolute = (path: string) => resolve(baseOf(environment, cwd), path);
  return {
    /** Flags in their order. */
    words,
    /** What was named without a flag. */
    operands,
    texts,
    absolute,
    text: (name: string) => texts(name)[0],
    path: (name: string) => texts(name).map(absolute)[0],
    has: (name: string) => texts(name).length > 0,
  };
}

type Token = {
  readonly name: string; readonly rawName: string; readonly value?: string | undefined; readonly inlineValue?: boolean | undefined;
};

function valueOf({ flags, needs, before }: Command, { name, rawName, value, inlineValue }: Token, line: string): string {
  const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
  if (flag === undefined) {
    const meant = rawName.startsWith('--') ? nearest(rawName.slice(2), Object.keys(flags)) : undefined;
    throw new UsageError(`unknown flag ${rawName}; ${meant === undefined ? `see ${line} --help` : `did you mean --${meant}?`}`);
  }
  const { value: kind, words, expects, example } = flag;
  if (kind === undefined) {
    if (value !== undefined) throw new UsageError(`--${name} takes no value, got ${value}`);
    return '';
  }
  const kinds: Readonly<Record<string, string>> = { FILE: 'a file', DIR: 'a folder', 'AREA|CHECK': 'an area or the id of a check' };
  const oneOf = words && `one of ${words.join(', ')}`;
  // In `--binary --json` the second is a flag; a file of such a name is given as `--binary=--json`.
  if (value === undefined || value === '' || (inlineValue !== true && value.startsWith('-'))) {
    const needed = oneOf ?? needs?.replace('{value}', kind) ?? kinds[kind] ?? kind;
    throw new UsageError(`--${name} needs ${needed}: ${[line, before, `--${name}`, example].filter(Boolean).join(' ')}`);
  }
  if (!takes(flag, value)) throw new UsageError(`--${name}: expected ${oneOf ?? expects}, got ${value}`);
  return value;
}
