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

type Interceptor = NonNullable<ConnectionOptions['interceptors']>[number];

/** Gives every call a deadline that has none by `withDeadline`; without one a silent server is waited for without end. */
function deadlineOf(callMs: number): Interceptor {
  return (options, next) => next({ ...options, deadline: options.deadline ?? Date.now() + callMs }) as ReturnType<Interceptor>;
}

/** Connects to the server of the run. Every call through the connection has a deadline, its retries included. */
export async function connect(server: Pick<ServerInfo, 'kind' | 'address'>, limits = usualLimits): Promise<Connection> {
  const interceptors = [deadlineOf(limits.callMs), makeGrpcRetryInterceptor(defaultGrpcRetryOptions())];
  const options = { ...connectionOptions(server.kind, server.address), interceptors, connectTimeout: limits.connectMs };
  const connection = Connection.lazy(options);
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
