import { newMark } from '../system/processes/marks.ts';
import type { Contract } from '../contract/schema.ts';
import type { Secret } from '../system/redact.ts';
import type { ServerInfo } from '../temporal/connect.ts';

/** A value for every secret that no service gives: it occurs nowhere else, is new in each run and begins like the contract's example. */
export function makeCanaries(contract: Contract | undefined): Record<string, string> {
  const all = Object.entries(contract?.environment ?? {});
  const secret = all.filter(([, variable]) => variable.secret && (variable.value ?? variable.from) === undefined);
  return Object.fromEntries(secret.map(([name, { example }]) => [name, `${example ?? 'frostgate-canary'}-${newMark()}`]));
}

/** Everything that must not be published: the canaries, and the key of the user's own server. */
export function secretsOf(canaries: Readonly<Record<string, string>>, server: ServerInfo | undefined): Secret[] {
  const key = server?.clientEnvironment['TEMPORAL_API_KEY'];
  const all = { ...canaries, ...(key === undefined ? {} : { TEMPORAL_API_KEY: key }) };
  return Object.entries(all).map(([name, value]) => ({ name, value }));
}
