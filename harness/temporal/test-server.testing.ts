import type { Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { createRunFolder, newRun, removeRun } from '../system/launch/run-folder.ts';
import { quietSdk } from './caller.ts';
import { connect, connectionOptions, type ServerInfo } from './connect.ts';
import { startServer } from './server.ts';

/** A real dev server with a run folder of its own, and connections to it for a client and for workers of this process. */
export type TestServer = AsyncDisposable & {
  readonly info: ServerInfo;
  readonly connection: Connection;
  readonly native: NativeConnection;
};

/** Starts one for a test file, which ends it when it is done. */
export async function startTestServer(): Promise<TestServer> {
  const run = newRun();
  createRunFolder(run);
  await quietSdk();
  const server = await startServer({ run, signal: AbortSignal.timeout(60_000), say: () => {} });
  const connection = await connect(server.info);
  const native = await NativeConnection.connect(connectionOptions(server.info));
  return {
    info: server.info, connection, native,
    async [Symbol.asyncDispose]() {
      await native.close();
      await connection.close();
      await server[Symbol.asyncDispose]();
      removeRun(run);
    },
  };
}
