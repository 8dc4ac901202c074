import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { nearest } from '../contract/nearest.ts';
import { UsageError } from '../model/errors.ts';
import type { Command, Flag } from './command.ts';
import type { Invocation } from './invocation.ts';
import { swallowedFlags } from './swallowed.ts';

/** One flag with its value, "" where it takes none. */
export type Word<Name extends string> = { readonly flag: Name; readonly value: string };

/** What a command line says. Paths are absolute. */
export type Given<Name extends string> = {
  /** Flags in their order. */
  readonly words: readonly Word<Name>[];
  /** What was named without a flag. */
  readonly operands: readonly string[];
  readonly has: (name: Name) => boolean;
  readonly text: (name: Name) => string | undefined;
  readonly texts: (name: Name) => string[];
  readonly path: (name: Name) => string | undefined;
  readonly absolute: (path: string) => string;
};

/** The folder that paths count from, where the user stands: INIT_CWD under npm, which changes the folder (`npm --prefix`), else `cwd`. */
export function baseOf(environment: NodeJS.ProcessEnv, cwd: string): string {
  return (environment['npm_lifecycle_event'] !== undefined && environment['INIT_CWD']) || cwd;
}

/**
 * Reads the command line by the command's table. Throws a UsageError of one sentence for a flag that is unknown, misspelt, given twice
 * or swallowed by npm, and for a value that is missing or unknown; beside `--help` nothing is wrong, and nothing else is given.
 */
export function readLine<Name extends string>(command: Command<Name>, started: Invocation, cwd: string): Given<Name | 'help'> {
  const { args, environment, words: lineWords } = started;
  const flags: Readonly<Record<string, Flag>> = command.flags;
  const line = lineWords.join(' ');
  const options = Object.fromEntries(Object.entries(flags).map(([name, { value, short }]) =>
    [name, { type: value === undefined ? 'boolean' : 'string', multiple: true, ...(short !== undefined && { short }) } as const]));
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const isName = (name: string): name is Name => Object.hasOwn(flags, name);
  const asksForHelp = tokens.some((token) => token.kind === 'option' && token.name === 'help');
  const words: Word<Name | 'help'>[] = asksForHelp ? [{ flag: 'help', value: '' }] : [];
  const operands = asksForHelp ? [] : tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  for (const token of asksForHelp ? [] : tokens) {
    if (token.kind !== 'option') continue;
    if (!isName(token.name)) throw new UsageError(unknownFlag(token.rawName, Object.keys(flags), line));
    const value = valueOf(command, { ...token, name: token.name }, line);
    if (command.flags[token.name].repeatable !== true && words.some(({ flag }) => flag === token.name)) {
      throw new UsageError(`--${token.name} is given twice; give it once`);
    }
    words.push({ flag: token.name, value });
  }
  const swallowed = asksForHelp ? undefined : swallowedFlags(command, environment, new Set(words.map(({ flag }) => flag)), operands, line);
  if (swallowed !== undefined) throw new UsageError(swallowed);
  const texts = (name: Name | 'help') => words.filter(({ flag }) => flag === name).map(({ value }) => value);
  const absolute = (path: string) => resolve(baseOf(environment, cwd), path);
  const path = (name: Name | 'help') => texts(name).map(absolute)[0];
  return { words, operands, texts, absolute, path, text: (name) => texts(name)[0], has: (name) => texts(name).length > 0 };
}

type Token<Name> = { readonly name: Name; readonly value?: string | undefined; readonly inlineValue?: boolean | undefined };

function valueOf<Name extends string>(command: Command<Name>, { name, value, inlineValue }: Token<Name>, line: string): string {
  const { value: kind, words, example = '' }: Flag = command.flags[name];
  if (kind === undefined) {
    if (value !== undefined) throw new UsageError(`--${name} takes no value, got ${value}`);
    return '';
  }
  const kinds: Readonly<Record<string, string>> = { FILE: 'a file', DIR: 'a folder', 'AREA|CHECK': 'an area or the id of a check' };
  const expected = words === undefined ? (command.needs?.(kind) ?? kinds[kind] ?? kind) : `one of ${words.join(', ')}`;
  // In `--binary --json` the second is a flag; a file of such a name is given as `--binary=--json`.
  if (value === undefined || value === '' || (inlineValue !== true && value.startsWith('-'))) {
    throw new UsageError(`--${name} needs ${expected}: ${[line, command.before, `--${name}`, example].filter(Boolean).join(' ')}`);
  }
  if (words !== undefined && !words.includes(value)) throw new UsageError(`--${name}: expected ${expected}, got ${value}`);
  return value;
}

function unknownFlag(rawName: string, names: readonly string[], line: string): string {
  const meant = rawName.startsWith('--') ? nearest(rawName.slice(2), names) : undefined;
  return `unknown flag ${rawName}; ${meant === undefined ? `see ${line} --help` : `did you mean --${meant}?`}`;
}
