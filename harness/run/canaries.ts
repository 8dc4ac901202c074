import { randomBytes } from 'node:crypto';
import type { Contract, Variable } from '../contract/schema.ts';
import { securedOf, unnamedKey } from '../contract/secured.ts';
import type { Secret } from '../system/secrets/secret.ts';
import type { ServerInfo } from '../temporal/connect.ts';
import { valueLike } from './canaries/like.ts';

/**
 * A value for every secret that no service gives, new in each run: like the contract's example where there is one, so that a strict parser
 * takes it. What was drawn of it occurs nowhere else, unless it is too short (see system/secrets/secret).
 */
export function makeCanaries(contract: Contract | undefined): Record<string, string> {
  const all = Object.entries(contract?.environment ?? {});
  const secret = all.filter(([, variable]) => variable.secret && (variable.value ?? variable.from) === undefined);
  const isUnnamed = contract !== undefined && contract.temporal.apiKey === undefined && securedOf(contract)?.hasApiKey === true;
  return {
    ...Object.fromEntries(secret.map(([name, variable]) => [name, canaryFor(variable)])), ...(isUnnamed && { [unnamedKey]: anything() }),
  };
}

function canaryFor({ example, type, allowed }: Variable): string {
  // A beginning alone says nothing of the rest: sk-ant-
  if (example !== undefined) return /[-_.]$/.test(example) ? example + anything() : valueLike(example);
  if (allowed?.[0] !== undefined) return allowed[0];
  if (type === 'integer') return valueLike('10000000000000000000');
  return type === 'url' ? `https://${anything()}@${anything().slice(0, 12)}.invalid/` : anything();
}

/** Letters and digits, 160 bits of them. */
const anything = (): string => randomBytes(20).toString('hex');

/** Everything that must not be published: the canaries, and the key of the user's own server. */
export function secretsOf(canaries: Readonly<Record<string, string>>, server: ServerInfo | undefined): Secret[] {
  const key = server?.clientEnvironment['TEMPORAL_API_KEY'];
  const all = { ...canaries, ...(key === undefined ? {} : { TEMPORAL_API_KEY: key }) };
  return Object.entries(all).map(([name, value]) => ({ name, value }));
}
