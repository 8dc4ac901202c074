import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor, type ConnectionOptions } from '@temporalio/client';
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

/** A call that is not a long poll is answered at once, or by a server that is not there. */
const usualLimits = { connectMs: 10_000, callMs: 20_000 };

const retry = makeGrpcRetryInterceptor(defaultGrpcRetryOptions());

/** Gives every call a deadline that has none by `withDeadline`, retries included; without one a silent server is waited for for ever. */
function deadlineOf(callMs: number): typeof retry {
  return (options, next) => retry({ ...options, deadline: options.deadline ?? Date.now() + callMs }, next);
}

/** Connects to the server of the run. Every call through the connection has a deadline. */
export async function connect(server: Pick<ServerInfo, 'kind' | 'address'>, limits = usualLimits): Promise<Connection> {
  const { connectMs, callMs } = limits;
  const connection = Connection.lazy({
    ...connectionOptions(server.kind, server.address), interceptors: [deadlineOf(callMs)], connectTimeout: connectMs,
  });
  try {
    await connection.ensureConnected();
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** A client for one launch's namespace. */
export function clientFor(connection: Connection, namespace: string): Client {
  return new Client({ connection, namespace });
}
