import { UsageError } from '../model/errors.ts';
import { takes, type Command, type Flag } from './command.ts';

/**
 * Throws a UsageError for flags that npm took for its own because `--` was missing. npm hands them on as
 * `npm_config_<name>`: `npm test --binary=X` sets it to X, `npm test --binary X` sets it to "true" and leaves X an operand (npm 11).
 * Where a command has operands of its own nobody can tell which is which.
 */
export function refuseSwallowed(
  { flags, operand }: Command, environment: NodeJS.ProcessEnv, given: ReadonlySet<string>, operands: readonly string[],
  line: string,
): void {
  const taken = Object.entries(flags).flatMap(([name, flag]) => {
    const value = environment[`npm_config_${name.replaceAll('-', '_')}`];
    return !given.has(name) && isTaken(flag, value) ? [{ name, kind: flag.value, value }] : [];
  });
  if (taken.length === 0) return;
  const unknown = taken.filter(({ kind, value }) => kind !== undefined && value === 'true');
  const words = taken.map(({ name, kind, value = '' }) => {
    if (kind === undefined) return `--${name}`;
    if (operand !== undefined) return `--${name} ${kind}`;
    // With several such flags npm has mixed up whose value is whose.
    const known = value !== 'true' ? value : unknown.length === 1 ? operands[0] : undefined;
    return `--${name} ${known === undefined ? kind : quoted(known)}`;
  });
  const kept = operand === undefined ? '' : `, npm kept ${taken.map(({ name }) => `--${name}`).join(', ')} for itself`;
  const example = [line, ...(operand === undefined ? [] : [operand.name]), ...words].join(' ');
  throw new UsageError(`put -- before the options${kept}: ${example}`);
}

/** A flag without a value counts only when it is set: npm has `json` of its own and sets it to "" by itself. */
function isTaken(flag: Flag, value: string | undefined): boolean {
  if (value === undefined || value === '') return false;
  return flag.value === undefined ? value === 'true' : !flag.shared || takes(flag, value);
}

function quoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
