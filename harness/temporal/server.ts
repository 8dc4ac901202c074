import type { RunFolder } from '../system/launch/run-folder.ts';
import { findCli } from './cli.ts';
import { startDevServer } from './dev-server.ts';
import { useExternalServer } from './external-server.ts';
import type { TemporalServer } from './server-info.ts';

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
