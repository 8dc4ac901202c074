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
