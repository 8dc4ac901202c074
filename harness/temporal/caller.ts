import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkerOptions } from '@temporalio/worker';
import { execa } from 'execa';
import { ownPackageFile } from '../system/own-package.ts';
import { cached } from '../system/tools/cache.ts';
import { siblingModule } from '../system/tools/sibling.ts';
import { endOf } from '../system/wait.ts';
import type { PayloadCodec } from '@temporalio/common';
import { connectionOptions, type ServerInfo } from './connect.ts';

/** Bounds on the harness's own worker: a silent server answers neither its start nor its stop. */
const [startMs, stopMs] = [30_000, 5_000];

/** The bundle of the calling workflow, made once for each version of it; the first time takes some seconds. */
async function callingWorkflowBundle(): Promise<string> {
  // package.json names the exact versions of the SDK.
  const own = ['calling-workflow', 'payload-converter', '../model/bytes', '../model/exact-json']
    .map((name) => siblingModule(name, import.meta.url));
  const sources = [...own, ownPackageFile].map((file) => readFile(file));
  const key = (await Promise.all(sources)).reduce((hash, source) => hash.update(source), createHash('sha256')).digest('hex');
  const folder = await cached(`calling-workflow-${key.slice(0, 16)}`, async (target) => {
    const script = siblingModule('bundle-calling-workflow', import.meta.url);
    await execa(process.execPath, [script, join(target, 'bundle.js')], { timeout: 120_000, stdin: 'ignore' });
  });
  return join(folder, 'bundle.js');
}

/** A worker of the harness's own, which polls one task queue. */
export type Caller = AsyncDisposable & { readonly taskQueue: string };

/** What a worker of the harness's own may be given. */
type How = { readonly deadlineMs?: number; readonly codec?: PayloadCodec | undefined };

/**
 * A worker that hosts the calling workflow in one namespace, for activities that have no workflow here.
 * @throws {WaitFailed} when the server lets it wait for longer than the deadline.
 */
export async function startCaller(server: ServerInfo, namespace: string, taskQueue: string, how: How = {}): Promise<Caller> {
  const codePath = await callingWorkflowBundle();
  return startOwnWorker(server, { namespace, taskQueue, workflowBundle: { codePath }, maxCachedWorkflows: 10 }, how);
}

type Options = Omit<WorkerOptions, 'connection' | 'shutdownGraceTime' | 'debugMode'> & Pick<Caller, 'taskQueue'>;

/** Starts a worker of the harness's own. @throws {WaitFailed} when the server lets it wait for longer than the deadline. */
export async function startOwnWorker(server: ServerInfo, options: Options, { deadlineMs = startMs, codec }: How = {}): Promise<Caller> {
  const sdk = await quietSdk();
  const starting = async (): Promise<Caller> => {
    const connection = await sdk.NativeConnection.connect(connectionOptions(server));
    const worker = await sdk.Worker.create({
      ...options, connection, shutdownGraceTime: 0,
      // A bundle has the converter of values.
      ...(codec && { dataConverter: { ...options.dataConverter, payloadCodecs: [codec] } }),
      debugMode: true, // without a thread of its own for one small workflow, which takes 20 MB
    });
    const running = worker.run();
    running.catch(() => {}); // seen by stop
    const stop = async (): Promise<void> => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running.catch(() => {});
      await connection.close();
    };
    return {
      taskQueue: options.taskQueue,
      // A server that is silent then keeps the SDK's core for half a minute, and nobody else.
      [Symbol.asyncDispose]: () => endOf("the end of the harness's own worker", stop(), { deadlineMs: stopMs }).catch(() => {}),
    };
  };
  return endOf("the harness's own worker", starting(), { deadlineMs });
}

/** The SDK for workers, which is large: whoever has no need of it does not load it. It says nothing and leaves signals alone. */
export async function quietSdk(): Promise<typeof import('@temporalio/worker')> {
  const sdk = await import('@temporalio/worker');
  const logger = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} };
  // Not forwarded, its core would print to stdout, which is for data.
  const telemetryOptions = { logging: { forward: {} } };
  if (sdk.Runtime._instance === undefined) sdk.Runtime.install({ logger, telemetryOptions, shutdownSignals: [] });
  return sdk;
}
