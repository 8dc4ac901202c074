/** What a worker can be told of a service: its address as a whole, or a part of it. */
export type Place = 'url' | 'host' | 'port' | 'user' | 'password' | 'database';

/** The kinds of services and the places of each; each kind lies in the file of its name in harness/services. */
export const serviceKinds = {
  llm: ['url', 'host', 'port'],
  redis: ['url', 'host', 'port', 'database'],
  postgres: ['url', 'host', 'port', 'user', 'password', 'database'],
  command: ['url', 'host', 'port'],
} as const satisfies Record<string, readonly Place[]>;

export type ServiceKind = keyof typeof serviceKinds;

/** By what it is seen that a worker talks to one: its title, how variables for its address are called, and the port that it usually has. */
export const serviceSigns: Partial<Readonly<Record<ServiceKind, {
  readonly title: string; readonly variable: RegExp; readonly port?: number; readonly isModel?: true;
}>>> = {
  llm: {
    title: 'a model', isModel: true,
    variable: /^(?:LLM|ANTHROPIC|OPENAI|GEMINI|GOOGLE|OLLAMA|BEDROCK|AZURE_OPENAI)_(?:API_)?(?:BASE(?:_URL)?|URL|HOST|ENDPOINT)$/,
  },
  redis: { title: 'Redis', variable: /REDIS/, port: 6379 },
  postgres: { title: 'PostgreSQL', variable: /POSTGRES|^PG|^(?:DATABASE|DB)_UR[IL]$/, port: 5432 },
};

/** The kind of service whose address a variable of this name is, in capitals. */
export function kindByVariable(name: string): ServiceKind | undefined {
  return kinds.find((kind) => serviceSigns[kind]?.variable.test(name));
}

/** The kind of service that usually has this port. */
export function kindByPort(port: number): ServiceKind | undefined {
  return kinds.find((kind) => serviceSigns[kind]?.port === port);
}

const kinds = Object.keys(serviceKinds).filter((kind): kind is ServiceKind => kind in serviceKinds);
