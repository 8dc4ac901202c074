import getPort from 'get-port';
import { InfrastructureError, messageOf } from '../model/errors.ts';
import { Launch } from '../system/launch/launch.ts';
import type { RunFolder } from '../system/launch/run-folder.ts';
import { waitFor, WaitFailed } from '../system/wait.ts';
import type { TemporalCli } from './cli.ts';
import { connect } from './connect.ts';
import type { TemporalServer } from './server-info.ts';

/** Enough for the first launches; further ones are registered as they are needed (see Namespaces). */
const namespaceCount = 4;

const deadlineMs = 30_000;

/** Somebody may take the port between the look and the start. */
const attempts = 3;

/** Starts the dev server; see startOnce. One that ends at once is tried again on another port. */
export async function startDevServer(cli: TemporalCli, run: RunFolder, signal: AbortSignal): Promise<TemporalServer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(cli, run, signal);
    } catch (error) {
      const endedByItself = error instanceof InfrastructureError && error.cause instanceof WaitFailed && error.cause.kind === 'over';
      if (attempt === attempts || !endedByItself) throw error;
    }
  }
}

/**
 * Starts `temporal server start-dev` on a free loopback port, in memory, and waits until its API answers.
 * @throws {InfrastructureError} when it does not start, with its last lines of output.
 */
async function startOnce(cli: TemporalCli, run: RunFolder, signal: AbortSignal): Promise<TemporalServer> {
  const namespaces = Array.from({ length: namespaceCount }, (_, index) => `frostgate-${run.mark}-${index + 1}`);
  const port = await getPort({ host: '127.0.0.1' });
  const address = `127.0.0.1:${port}`;
  const args = ['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'error'];
  const command = { file: cli.file, args: [...args, ...namespaces.flatMap((name) => ['--namespace', name])], variant: 'service' } as const;
  const launch = Launch.start(run, command, {});
  try {
    await waitFor('the dev server to answer', () => answers(address, namespaces.at(-1) ?? ''), {
      deadlineMs,
      signal,
      everyMs: 50,
      over: () => launch.exit && `it ended with ${launch.exit.error ?? launch.exit.signal ?? `exit code ${launch.exit.code}`}`,
      seen: () => `its last lines: ${launch.output.tail() || '(none)'}`,
    });
  } catch (error) {
    await launch.dispose();
    throw new InfrastructureError(`the Temporal dev server (${cli.file}) did not start: ${messageOf(error)}`, { cause: error });
  }
  const { version: cliVersion, serverVersion, origin, sha256 } = cli;
  const info = { kind: 'dev-server', address, serverVersion, cliVersion, origin, sha256, namespaces, clientEnvironment: {} } as const;
  return {
    info,
    async [Symbol.asyncDispose]() {
      await launch.dispose();
    },
  };
}

/** A look at a server that may not be there yet is short. */
const lookMs = 1_000;

async function answers(address: string, namespace: string): Promise<true> {
  const connection = await connect({ kind: 'dev-server', address }, { connectMs: lookMs, callMs: lookMs });
  try {
    await connection.workflowService.describeNamespace({ namespace });
    return true;
  } finally {
    await connection.close();
  }
}
