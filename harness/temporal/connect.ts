import { Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import { loadClientConnectConfig, type ClientConnectConfig } from '@temporalio/envconfig';
import { messageOf } from '../model/errors.ts';

/** The Temporal server of a run, as plain data that can be handed to a thread. */
export type ServerInfo = {
  readonly kind: 'dev-server' | 'external';
  readonly address: string;
  readonly serverVersion: string;
  readonly cliVersion?: string;
  /** The Temporal CLI that our own server is a process of. */
  readonly cliFile?: string;
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

type NextCall = Parameters<typeof retry>[1];
type Call = ReturnType<NextCall>;

/** CANCELLED of gRPC's status codes, which is not tried again. */
const cancelled = 1;

/**
 * What a call is repeated with. The SDK repeats it from a timer; where the connection was closed meanwhile, gRPC throws there, and nobody
 * could catch it: that call ends as cancelled.
 */
function repeatable(next: NextCall): NextCall {
  let isFirst = true;
  return (options) => {
    if (isFirst) {
      isFirst = false;
      return next(options);
    }
    try {
      return next(options);
    } catch (error) {
      return endedCall(messageOf(error));
    }
  };
}

function endedCall(details: string): Call {
  return {
    start: (metadata, listener) => void setImmediate(() => listener?.onReceiveStatus?.({ code: cancelled, details, metadata })),
    cancelWithStatus() {}, sendMessage() {}, sendMessageWithContext() {}, startRead() {}, halfClose() {},
    getPeer: () => '', getAuthContext: () => null,
  };
}

/** Our own server has just answered: where a channel to it does not come up, on a machine that was held up, a new one is tried. */
const channels = { 'dev-server': 3, external: 1 };

/**
 * Connects to the server of the run. Every call through the connection has a deadline, retries included, if none by `withDeadline`:
 * without one a silent server is waited for for ever.
 */
export async function connect(server: Place, { connectMs, callMs } = usualLimits): Promise<Connection> {
  const bounded: typeof retry = (options, next) => (
    retry({ ...options, deadline: options.deadline ?? Date.now() + callMs }, repeatable(next))
  );
  // gRPC would ask the proxy of the environment for our own server too: https://grpc.github.io/grpc/core/md_doc_environment_variables.html
  const channelArgs = server.kind === 'dev-server' ? { 'grpc.enable_http_proxy': 0 } : {};
  for (let channel = 1; ; channel += 1) {
    const connection = Connection.lazy({ ...connectionOptions(server), channelArgs, interceptors: [bounded], connectTimeout: connectMs });
    try {
      await connection.ensureConnected();
      return connection;
    } catch (error) {
      await connection.close();
      if (channel === channels[server.kind]) throw error;
    }
  }
}
