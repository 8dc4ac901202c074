import { flagNames, flagOf, type FlagName } from './flags.ts';

/**
 * The sentence for flags that npm took for its own because `--` was missing; undefined when it took none.
 * npm hands them on as `npm_config_<name>`: `npm test --binary=X` sets it to X, `npm test --binary X` sets it to "true" and leaves X
 * a positional (npm 11).
 */
export function swallowedFlags(env: NodeJS.ProcessEnv, given: ReadonlySet<string>, positionals: readonly string[]): string | undefined {
  const taken = flagNames.filter((name) => !given.has(name) && isTaken(name, env));
  if (taken.length === 0) return undefined;
  const withoutValue = taken.filter((name) => flagOf(name).value !== undefined && valueOf(name, env) === 'true');
  const words = taken.map((name) => {
    const { value } = flagOf(name);
    if (value === undefined) return `--${name}`;
    if (valueOf(name, env) !== 'true') return `--${name} ${quoted(valueOf(name, env) ?? '')}`;
    // With several such flags npm has mixed up whose value is whose.
    return `--${name} ${withoutValue.length === 1 ? quoted(positionals[0] ?? value) : value}`;
  });
  return `put -- before the options: npm test -- ${words.join(' ')}`;
}

function valueOf(name: FlagName, env: NodeJS.ProcessEnv): string | undefined {
  return env[`npm_config_${name.replaceAll('-', '_')}`];
}

/** `only` and `json` are npm's own too: there only a value that npm would not have by itself counts. */
function isTaken(name: FlagName, env: NodeJS.ProcessEnv): boolean {
  const value = valueOf(name, env);
  if (value === undefined || value === '') return false;
  if (name === 'only') return flagOf(name).words?.includes(value) ?? false;
  return flagOf(name).value === undefined ? value === 'true' : true;
}

function quoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
