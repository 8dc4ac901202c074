import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { nearest } from '../contract/nearest.ts';
import { UsageError } from '../model/errors.ts';
import { expectedValue, flagNames, flagOf, isFlagName, type FlagName } from './flags.ts';
import { swallowedFlags } from './swallowed.ts';

/** The values of the flags that were given; a flag without a value has the value "". */
export type FlagValues = ReadonlyMap<FlagName, readonly string[]>;

/**
 * Splits the arguments into flags and values. Throws a UsageError for anything that is neither; its message shows `line`, the words before
 * the options.
 */
export function readFlags(argv: readonly string[], env: NodeJS.ProcessEnv, line: string): FlagValues {
  const { tokens } = parseArgs({ args: [...argv], options: parseOptions(), strict: false, allowPositionals: true, tokens: true });
  if (tokens.some((token) => token.kind === 'option' && token.name === 'help')) return new Map([['help', ['']]]);
  const values = new Map<FlagName, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    if (!isFlagName(token.name)) throw new UsageError(unknownFlag(token.rawName, line));
    const value = valueOf(token.name, token.value, token.inlineValue === true, line);
    const before = values.get(token.name);
    if (before !== undefined && flagOf(token.name).repeatable !== true) throw new UsageError(`--${token.name} is given twice; give it ` +
      'once');
    values.set(token.name, [...(before ?? []), value]);
  }
  const swallowed = swallowedFlags(env, new Set(values.keys()), positionals);
  if (swallowed !== undefined) throw new UsageError(swallowed);
  const [unexpected] = positionals;
  if (unexpected !== undefined) {
    throw new UsageError(`unexpected argument ${unexpected}; the executable is named by a flag: ${line} --binary ${unexpected}`);
  }
  return values;
}

function parseOptions(): ParseArgsOptionsConfig {
  const options: ParseArgsOptionsConfig = Object.fromEntries(
    flagNames.map((name) => [name, { type: flagOf(name).value === undefined ? 'boolean' : 'string', multiple: true }]),
  );
  return { ...options, help: { type: 'boolean', multiple: true, short: 'h' } };
}

function valueOf(name: FlagName, value: string | undefined, inline: boolean, line: string): string {
  const { value: kind, words, example } = flagOf(name);
  if (kind === undefined) {
    if (value !== undefined) throw new UsageError(`--${name} takes no value, got ${value}`);
    return '';
  }
  // In `--binary --json` the second is a flag; a file of such a name is given as `--binary=--json`.
  if (value === undefined || value === '' || (!inline && value.startsWith('-'))) {
    throw new UsageError(`--${name} needs ${expectedValue(name)}: ${line} --${name} ${example}`);
  }
  if (words !== undefined && !words.includes(value)) {
    throw new UsageError(`--${name}: expected ${expectedValue(name)}, got ${value}`);
  }
  return value;
}

function unknownFlag(rawName: string, line: string): string {
  const meant = rawName.startsWith('--') ? nearest(rawName.slice(2), flagNames) : undefined;
  return meant === undefined ? `unknown flag ${rawName}; see ${line} --help` : `unknown flag ${rawName}; did you mean --${meant}?`;
}
