import { parseArgs } from 'node:util';
import { nearest } from '../../contract/nearest.ts';
import { UsageError } from '../../model/errors.ts';
import { gateFlagNames, gateFlagOf, isGateFlagName, type GateFlagName } from './flags.ts';

/** One flag with its value, or one report that was named; in the order of the command line. */
export type Word = { readonly flag: GateFlagName; readonly value: string } | { readonly flag: 'positional'; readonly value: string };

/**
 * Splits the arguments into flags and reports, in their order, because `--reason` belongs to the `--allow` before it.
 * Throws a UsageError of one sentence for anything that is neither; it shows `line`, the words before the options.
 */
export function readWords(argv: readonly string[], line: string): Word[] {
  const { tokens } = parseArgs({ args: [...argv], options: parseOptions(), strict: false, allowPositionals: true, tokens: true });
  const words: Word[] = [];
  if (tokens.some((token) => token.kind === 'option' && token.name === 'help')) return [{ flag: 'help', value: '' }];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push({ flag: 'positional', value: token.value });
    if (token.kind !== 'option') continue;
    const { name, rawName } = token;
    if (!isGateFlagName(name)) throw new UsageError(unknownFlag(rawName, line));
    const value = valueOf(name, token.value, token.inlineValue === true, line);
    if (gateFlagOf(name).repeatable !== true && words.some(({ flag }) => flag === name)) throw new UsageError(
      `--${name} is given twice; give it once`,
    );
    words.push({ flag: name, value });
  }
  return words;
}

function parseOptions(): Record<string, { type: 'boolean' | 'string'; multiple: true; short?: string }> {
  const options = gateFlagNames.map(
    (name) => [name, { type: gateFlagOf(name).value === undefined ? 'boolean' : 'string', multiple: true }] as const,
  );
  return { ...Object.fromEntries(options), help: { type: 'boolean', multiple: true, short: 'h' } };
}

function valueOf(name: GateFlagName, value: string | undefined, inline: boolean, line: string): string {
  const { value: kind, example } = gateFlagOf(name);
  if (kind === undefined) {
    if (value !== undefined) throw new UsageError(`--${name} takes no value, got ${value}`);
    return '';
  }
  // In `--commit --json` the second is a flag; a file of such a name is given as `--artifact=--json`.
  if (value === undefined || value === '' || (!inline && value.startsWith('-'))) {
    throw new UsageError(`--${name} needs a value, ${kind}: ${line} … --${name} ${example}`);
  }
  return value;
}

function unknownFlag(rawName: string, line: string): string {
  const meant = rawName.startsWith('--') ? nearest(rawName.slice(2), gateFlagNames) : undefined;
  return meant === undefined ? `unknown flag ${rawName}; see ${line} --help` : `unknown flag ${rawName}; did you mean --${meant}?`;
}
