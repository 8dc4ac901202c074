import { Client, Connection, type ConnectionOptions } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { ServerInfo } from './server-info.ts';

/** The namespace on a server of the user's: TEMPORAL_NAMESPACE, the profile's, else "default". */
export function externalNamespace(): string {
  return loadClientConnectConfig().namespace ?? 'default';
}

/** How to connect: our own server needs the address only, another one what Temporal's environment configuration says. */
export function connectionOptions(kind: ServerInfo['kind'], address: string): ConnectionOptions {
  return kind === 'external' ? { ...loadClientConnectConfig().connectionOptions, address } : { address };
}

/** Connects to the server of the run. */
export async function connect(server: ServerInfo): Promise<Connection> {
  return Connection.connect({ ...connectionOptions(server.kind, server.address), connectTimeout: 10_000 });
}

/** A client for one launch's namespace. */
export function clientFor(connection: Connection, namespace: string): Client {
  return new Client({ connection, namespace });
}
