import { join } from 'node:path';
import getPort from 'get-port';
import { InfrastructureError, messageOf } from '../model/errors.ts';
import { startProgram } from '../services/server.ts';
import type { RunFolder } from '../system/launch/run-folder.ts';
import { plainName } from '../system/plain-name.ts';
import { WaitFailed } from '../system/wait.ts';
import { findCli, type TemporalCli } from './cli.ts';
import type { ServerInfo } from './connect.ts';

export type TemporalServer = AsyncDisposable & { readonly info: ServerInfo };

type ServerOptions = {
  readonly temporalAddress?: string | undefined;
  readonly temporalCli?: string | undefined;
  readonly run: RunFolder;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
};

/** Enough for the first launches; further ones are registered as they are needed (see Namespaces). */
const namespaceCount = 4;

/** Somebody may take a port between the look and the start. */
const attempts = 3;

/** A look at a server that may not be there yet is short. */
const lookMs = 1_000;

/**
 * Starts a dev server, or connects to the one that `--temporal-address` names.
 * @throws {InfrastructureError} when no server can be had; the message says why and what to do.
 */
export async function startServer({ temporalAddress, temporalCli, run, signal, say }: ServerOptions): Promise<TemporalServer> {
  if (temporalAddress !== undefined) return { info: await externalServer(temporalAddress), async [Symbol.asyncDispose]() {} };
  const cli = await findCli({ given: temporalCli, signal, say });
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startDevServer(cli, { run, signal }, Array.from({ length: namespaceCount }, plainName));
    } catch (error) {
      const endedByItself = error instanceof InfrastructureError && error.cause instanceof WaitFailed && error.cause.kind === 'over';
      if (attempt === attempts || !endedByItself) throw error;
    }
  }
}

/**
 * The server keeps what it is sent in a file, where it can be searched, and what it wrote last beside it, 32 MB of it: details of a
 * heartbeat are overwritten at once. Nothing is to outlast the run, so it need not wait for the disk; that costs no more than memory does.
 */
const kept = (database: string): string[] => ['--db-filename', database, ...[
  'journal_mode=WAL', 'synchronous=OFF', 'wal_autocheckpoint=8192',
].flatMap((pragma) => ['--sqlite-pragma', pragma])];

/** Starts `temporal server start-dev` on free loopback ports and waits until its API answers. */
async function startDevServer(cli: TemporalCli, running: Running, namespaces: readonly string[]): Promise<TemporalServer> {
  const { file, version: cliVersion, serverVersion, origin, sha256 } = cli;
  const host = '127.0.0.1';
  const database = join(running.run.folder, `temporal-${plainName()}.db`);
  const [port, httpPort] = [await getPort({ host }), await getPort({ host })];
  const own = ['--ip', host, '--port', `${port}`, '--http-port', `${httpPort}`, ...namespaces.flatMap((name) => ['--namespace', name])];
  // Asked by HTTP, which needs no client of Temporal's: that one belongs to the thread of the suites and takes 40 MB.
  const look = `http://${host}:${httpPort}/api/v1/namespaces/${namespaces.at(-1)}`;
  const { [Symbol.asyncDispose]: end } = await startProgram('Temporal', {
    file, args: ['server', 'start-dev', '--headless', '--log-level', 'error', ...kept(database), ...own],
  }, {
    title: `the Temporal dev server (${file})`,
    deadlineMs: 30_000,
    awaited: 'the dev server to answer',
    async ready() {
      const answer = await fetch(look, { signal: AbortSignal.timeout(lookMs) });
      await answer.text();
      return answer.ok;
    },
  }, running);
  return {
    info: {
      kind: 'dev-server', address: `${host}:${port}`, serverVersion, cliVersion, cliFile: file, origin, sha256, namespaces, database,
      clientEnvironment: {},
    },
    [Symbol.asyncDispose]: end,
  };
}

type Running = Pick<ServerOptions, 'run' | 'signal'>;

/**
 * One more dev server, like that of the run, for launches that no other may share.
 * @throws {InfrastructureError} when it cannot be had.
 */
export async function startOwnServer(like: ServerInfo, namespace: string, running: Running): Promise<TemporalServer> {
  const { cliFile: file, cliVersion: version, serverVersion, origin, sha256 } = like;
  if (file === undefined || version === undefined || origin === undefined || sha256 === undefined) {
    throw new InfrastructureError('a server of its own needs the Temporal CLI: leave --temporal-address out');
  }
  return startDevServer({ file, version, serverVersion, origin, sha256 }, running, [namespace]);
}

/**
 * A server that is already there; nothing of it is changed and nothing is stopped.
 * Namespace, TLS and API key come from Temporal's own variables (TEMPORAL_NAMESPACE, TEMPORAL_TLS_…, TEMPORAL_API_KEY).
 * @throws {InfrastructureError} when it does not answer or the namespace is unknown.
 */
async function externalServer(address: string): Promise<ServerInfo> {
  const [{ connect }, { loadClientConnectConfig }] = await Promise.all([import('./connect.ts'), import('@temporalio/envconfig')]);
  const namespace = loadClientConnectConfig().namespace ?? 'default';
  try {
    const connection = await connect({ kind: 'external', address });
    try {
      const { serverVersion } = await connection.workflowService.getSystemInfo({});
      await connection.workflowService.describeNamespace({ namespace });
      // What Temporal's own environment configuration consists of besides address and namespace is passed on to a worker.
      const own = Object.entries(process.env).filter(([name]) => /^TEMPORAL_(API_KEY|TLS|TLS_.*|GRPC_META_.*)$/.test(name));
      const clientEnvironment = Object.fromEntries(own.map(([name, value = '']) => [name, value]));
      return { kind: 'external', address, serverVersion, namespaces: [namespace], clientEnvironment };
    } finally {
      await connection.close();
    }
  } catch (cause) {
    throw new InfrastructureError(`the Temporal server at ${address} cannot be used with namespace "${namespace}": ${messageOf(cause)}; ` +
      'check --temporal-address and the variables TEMPORAL_NAMESPACE, TEMPORAL_TLS and TEMPORAL_API_KEY, or leave --temporal-address ' +
      'out to use a dev server', { cause });
  }
}
