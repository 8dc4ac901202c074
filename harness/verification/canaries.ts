import { newMark } from '../process/marks.ts';
import type { Contract } from '../contract/schema.ts';
import type { Secret } from '../secrets.ts';

/** A value for every required secret that occurs nowhere else, new in each run. */
export function makeCanaries(contract: Contract | undefined): Record<string, string> {
  const secret = Object.entries(contract?.environment ?? {}).filter(([, variable]) => variable.secret && variable.required && variable.value === undefined);
  return Object.fromEntries(secret.map(([name]) => [name, `frostgate-canary-${newMark()}`]));
}

/** The canaries as the report's writer wants them. */
export function secretsOf(canaries: Readonly<Record<string, string>>): Secret[] {
  return Object.entries(canaries).map(([name, value]) => ({ name, value }));
}
