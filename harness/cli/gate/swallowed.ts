import { gateFlagNames, gateFlagOf, type GateFlagName } from './flags.ts';

/**
 * The sentence for flags that npm took for its own because `--` was missing; undefined when it took none. npm hands them on as
 * `npm_config_<name>`: `npm run gate --commit=X` sets it to X, `npm run gate --commit X` sets it to "true" and leaves X a
 * positional, which the gate would take for a report (npm 11).
 */
export function swallowedByNpm(environment: NodeJS.ProcessEnv, given: ReadonlySet<string>, line: string): string | undefined {
  const taken = gateFlagNames.filter((name) => !given.has(name) && isTaken(name, environment));
  if (taken.length === 0) return undefined;
  const words = taken.map((name) => [`--${name}`, gateFlagOf(name).value].filter((word) => word !== undefined).join(' '));
  return `put -- before the options, npm kept ${taken.map((name) => `--${name}`).join(', ')} for itself: ${line} REPORT… ` +
    words.join(' ');
}

/** A flag without a value counts only when it is set: npm has `json` of its own and sets it to "" by itself. */
function isTaken(name: GateFlagName, environment: NodeJS.ProcessEnv): boolean {
  const value = environment[`npm_config_${name.replaceAll('-', '_')}`];
  return gateFlagOf(name).value === undefined ? value === 'true' : value !== undefined && value !== '';
}
