import { takes, type Command, type Flag } from './command.ts';

/**
 * The sentence for flags that npm took for its own because `--` was missing; undefined when it took none. npm hands them on as
 * `npm_config_<name>`: `npm test --binary=X` sets it to X, `npm test --binary X` sets it to "true" and leaves X an operand (npm 11).
 * Where a command has operands of its own nobody can tell which is which.
 */
export function swallowedFlags(
  { flags, operand }: Command, environment: NodeJS.ProcessEnv, given: ReadonlySet<string>, operands: readonly string[],
  line: string,
): string | undefined {
  const taken = Object.entries(flags).flatMap(([name, flag]) => {
    const value = environment[`npm_config_${name.replaceAll('-', '_')}`];
    return !given.has(name) && isTaken(flag, value) ? [{ name, kind: flag.value, value }] : [];
  });
  if (taken.length === 0) return undefined;
  const unknown = taken.filter(({ kind, value }) => kind !== undefined && value === 'true');
  const words = taken.map(({ name, kind, value = '' }) => {
    if (kind === undefined) return `--${name}`;
    if (operand !== undefined) return `--${name} ${kind}`;
    // With several such flags npm has mixed up whose value is whose.
    const known = value !== 'true' ? value : unknown.length === 1 ? operands[0] : undefined;
    return `--${name} ${known === undefined ? kind : quoted(known)}`;
  });
  if (operand === undefined) return `put -- before the options: ${line} ${words.join(' ')}`;
  return `put -- before the options, npm kept ${taken.map(({ name }) => `--${name}`).join(', ')} for itself: ${line} ${operand.name} ` +
    words.join(' ');
}

/** A flag without a value counts only when it is set: npm has `json` of its own and sets it to "" by itself. */
function isTaken(flag: Flag, value: string | undefined): boolean {
  if (value === undefined || value === '') return false;
  return flag.value === undefined ? value === 'true' : !flag.shared || takes(flag, value);
}

function quoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
