import type { Knob } from './knobs.ts';

/** What a variable or flag tells a worker, by its name; what no name says is undefined. */
export type Role = 'address' | 'namespace' | 'taskQueue' | 'buildId' | 'model' | 'redis' | 'postgres' | 'secret';

const rows: readonly (readonly [Role, RegExp])[] = [
  ['taskQueue', /QUEUE/],
  ['namespace', /NAMESPACE/],
  ['buildId', /BUILD_?ID/],
  ['model', /^(?:ANTHROPIC|OPENAI|GEMINI|GOOGLE|OLLAMA|BEDROCK|AZURE_OPENAI)_(?:API_)?(?:BASE(?:_URL)?|URL|HOST|ENDPOINT)$/],
  ['secret', /(?:KEY|TOKEN|SECRET|PASSWORD|CREDENTIALS?)$/],
  ['redis', /REDIS/],
  ['postgres', /POSTGRES|^PG|^DATABASE_URL$|^DB_URL$/],
  ['address', /TEMPORAL.*(?:ADDRESS|HOST|TARGET|SERVER|ENDPOINT|URL)|^(?:TARGET_HOST|SERVER_ADDRESS)$/],
];

/** The role that a name speaks of, a flag's as a variable's. */
export function roleOf({ name }: Pick<Knob, 'name'>): Role | undefined {
  const upper = name.replace(/^-+/, '').replaceAll(/[-.]/g, '_').toUpperCase();
  if (/TLS|CERT|_CA$|TIMEOUT|METRIC/.test(upper)) return undefined;
  return rows.find(([, pattern]) => pattern.test(upper))?.[0] ?? (/^(?:ADDRESS|HOST|SERVER)$/.test(upper) ? 'address' : undefined);
}
