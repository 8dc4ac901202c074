import type { Connection } from '@temporalio/client';
import { contain } from '../system/containment.ts';
import { newRun, type RunFolder } from '../system/launch/run-folder.ts';
import { startWatchdog } from '../system/watchdog/watchdog.ts';
import { connect, type ServerInfo } from '../temporal/connect.ts';
import { startServer } from '../temporal/server.ts';
import { listPollers } from '../temporal/pollers.ts';
import { waitFor } from '../system/wait.ts';
import { removeFolder } from '../run/remove-folder.ts';

/** What a worker is observed beside: a run of its own, a real server, and who says what goes on. */
export type Surroundings = {
  readonly run: RunFolder;
  readonly server: ServerInfo;
  readonly connection: Connection;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
};

const usableWithinMs = 30_000;

type Wanted = { readonly temporalCli: string | undefined; readonly signal: AbortSignal; readonly say: (line: string) => void };

/**
 * Does something beside a server of its own; whatever happens, nothing of it stays.
 * @throws {InfrastructureError} where there is no server.
 */
export async function withServer<T>({ temporalCli, signal, say }: Wanted, work: (beside: Surroundings) => Promise<T>): Promise<T> {
  const run = newRun();
  await using _watchdog = await startWatchdog(run);
  await using _room = removeFolder(run, false, say);
  await using _containment = contain(run);
  await using server = await startServer({ temporalCli, run, signal, say });
  const connection = await connect(server.info);
  try {
    // A worker that polls before every part of the server knows its namespace ends with an error that is not its own.
    for (const namespace of server.info.namespaces) {
      await waitFor(`namespace ${namespace}`, async () => (await listPollers(connection, namespace, 'any'), true), {
        deadlineMs: usableWithinMs, signal,
      });
    }
    return await work({ run, server: server.info, connection, signal, say });
  } finally {
    await connection.close();
  }
}
