import type { RunFolder } from '../system/launch/run-folder.ts';
import { findCli } from './cli.ts';
import { startDevServer } from './dev-server.ts';
import { useExternalServer } from './external-server.ts';

/** The Temporal server of a run, as plain data that can be handed to a thread. */
export type ServerInfo = {
  readonly kind: 'dev-server' | 'external';
  readonly address: string;
  readonly serverVersion: string;
  readonly cliVersion?: string;
  readonly origin?: string;
  readonly sha256?: string;
  /** One for each launch on our own server; on somebody else's the one that the user named. */
  readonly namespaces: readonly string[];
  /** Variables that an external server needs and a worker must get too (TLS, API key). */
  readonly clientEnvironment: Readonly<Record<string, string>>;
};

export type TemporalServer = AsyncDisposable & { readonly info: ServerInfo };

export type ServerOptions = {
  readonly temporalAddress?: string | undefined;
  readonly temporalCli?: string | undefined;
  readonly run: RunFolder;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
};

/**
 * Starts a dev server, or connects to the one that `--temporal-address` names.
 * @throws {InfrastructureError} when no server can be had; the message says why and what to do.
 */
export async function startServer(options: ServerOptions): Promise<TemporalServer> {
  if (options.temporalAddress !== undefined) return useExternalServer(options.temporalAddress);
  const cli = await findCli({ given: options.temporalCli, signal: options.signal, say: options.say });
  return startDevServer(cli, options.run, options.signal);
}
