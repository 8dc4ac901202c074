import type { Options } from '../cli/options.ts';
import { InfrastructureError, messageOf } from '../model/errors.ts';
import type { RunFolder } from '../system/launch/run-folder.ts';
import { startRedis } from '../services/redis.ts';
import { startServer } from '../temporal/server.ts';
import type { RunContext } from '../stage/run-context.ts';
import type { Inputs } from './inputs.ts';

/** What runs beside the subject, and why something of it does not. */
export type Resources = AsyncDisposable & {
  readonly context: Pick<RunContext, 'server' | 'redis'>;
  /** Each names what is missing, why, and what to do. */
  readonly problems: readonly string[];
};

export type ResourceOptions = {
  readonly options: Options;
  readonly inputs: Inputs;
  readonly run: RunFolder;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
};

/**
 * Starts the Temporal server and the services of the contract, side by side. One that cannot be had is a problem to be
 * reported, not the end of the run: the checks that do not need it still say something.
 */
export async function startResources({ options, inputs, run, signal, say }: ResourceOptions): Promise<Resources> {
  // Not an AsyncDisposableStack: Node 22 has none.
  const started: AsyncDisposable[] = [];
  const endAll = async (): Promise<void> => {
    await Promise.all(started.map((resource) => resource[Symbol.asyncDispose]()));
  };
  const problems: string[] = [];
  const attempt = async <T extends AsyncDisposable>(wanted: boolean, start: () => Promise<T>): Promise<T | undefined> => {
    if (!wanted) return undefined;
    try {
      const resource = await start();
      started.push(resource);
      return resource;
    } catch (error) {
      if (!(error instanceof InfrastructureError)) throw error;
      problems.push(messageOf(error));
      say(`error: ${messageOf(error)}`);
      return undefined;
    }
  };
  const { contract } = inputs.context;
  try {
    const [server, redis] = await Promise.all([
      attempt(contract !== undefined, () => startServer({
        temporalAddress: options.temporalAddress, temporalCli: options.temporalCli, run, signal, say,
      })),
      attempt(contract?.services.includes('redis') ?? false, () => startRedis({ how: options.services, run, signal, say })),
    ]);
    return { context: { server: server?.info, redis: redis?.info }, problems, [Symbol.asyncDispose]: endAll };
  } catch (error) {
    await endAll();
    throw error;
  }
}
