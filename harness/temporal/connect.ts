import { Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import { loadClientConnectConfig, type ClientConnectConfig } from '@temporalio/envconfig';

/** The Temporal server of a run, as plain data that can be handed to a thread. */
export type ServerInfo = {
  readonly kind: 'dev-server' | 'external';
  readonly address: string;
  readonly serverVersion: string;
  readonly cliVersion?: string;
  readonly origin?: string;
  readonly sha256?: string;
  /** On our own server those of the first launches (see Namespaces); on somebody else's the one that the user named. */
  readonly namespaces: readonly string[];
  /** The file in which our own server keeps everything that it is sent. */
  readonly database?: string;
  /** Variables that an external server needs and a worker must get too (TLS, API key). */
  readonly clientEnvironment: Readonly<Record<string, string>>;
};

type Place = Pick<ServerInfo, 'kind' | 'address'>;

/** How to connect: our own server needs the address only, another one what Temporal's environment configuration says. */
export function connectionOptions({ kind, address }: Place): ClientConnectConfig['connectionOptions'] {
  return kind === 'external' ? { ...loadClientConnectConfig().connectionOptions, address } : { address };
}

/** A call that is not a long poll is answered at once, or by a server that is not there. */
const usualLimits = { connectMs: 10_000, callMs: 20_000 };

const retry = makeGrpcRetryInterceptor(defaultGrpcRetryOptions());

/**
 * Connects to the server of the run. Every call through the connection has a deadline, retries included, if none by `withDeadline`:
 * without one a silent server is waited for for ever.
 */
export async function connect(server: Place, { connectMs, callMs } = usualLimits): Promise<Connection> {
  const bounded: typeof retry = (options, next) => retry({ ...options, deadline: options.deadline ?? Date.now() + callMs }, next);
  const connection = Connection.lazy({ ...connectionOptions(server), interceptors: [bounded], connectTimeout: connectMs });
  try {
    await connection.ensureConnected();
    return connection;
  } catch (error) {
    await connection.close();
    throw error;
  }
}
