import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NativeConnection, Worker } from '@temporalio/worker';
import { execa } from 'execa';
import { ownPackageFile } from '../system/own-package.ts';
import { cached } from '../system/tools/cache.ts';
import { siblingModule } from '../system/tools/sibling.ts';
import { endOf } from '../system/wait.ts';
import { connectionOptions } from './connect.ts';
import { installQuietRuntime } from './quiet-runtime.ts';
import type { ServerInfo } from './server-info.ts';

/** Bounds on the harness's own worker: a silent server answers neither its start nor its stop. */
const [startMs, stopMs] = [30_000, 5_000];

/** The bundle of the calling workflow, made once for each version of it; the first time takes some seconds. */
async function callingWorkflowBundle(): Promise<string> {
  // package.json names the exact versions of the SDK.
  const sources = [siblingModule('calling-workflow', import.meta.url), ownPackageFile].map((file) => readFile(file));
  const key = (await Promise.all(sources)).reduce((hash, source) => hash.update(source), createHash('sha256')).digest('hex');
  const folder = await cached(`calling-workflow-${key.slice(0, 16)}`, async (target) => {
    const script = siblingModule('bundle-calling-workflow', import.meta.url);
    await execa(process.execPath, [script, join(target, 'bundle.js')], { timeout: 120_000, stdin: 'ignore' });
  });
  return join(folder, 'bundle.js');
}

/** Hosts the calling workflow in one namespace: the harness's own worker, for activities that have no workflow here. */
export class Caller implements AsyncDisposable {
  readonly taskQueue: string;
  readonly #stop: () => Promise<void>;

  private constructor(taskQueue: string, stop: () => Promise<void>) {
    this.taskQueue = taskQueue;
    this.#stop = stop;
  }

  /** @throws {WaitFailed} when the server lets it wait for longer than the deadline. */
  static async start(server: ServerInfo, namespace: string, taskQueue: string, deadlineMs = startMs): Promise<Caller> {
    installQuietRuntime();
    const codePath = await callingWorkflowBundle();
    return endOf("the harness's own worker", Caller.#started(server, namespace, taskQueue, codePath), { deadlineMs });
  }

  static async #started(server: ServerInfo, namespace: string, taskQueue: string, codePath: string): Promise<Caller> {
    const { address, tls, apiKey, metadata } = connectionOptions(server.kind, server.address);
    const options = { address: address ?? server.address, ...(tls === undefined ? {} : { tls }), ...(
      typeof apiKey === 'string' ? { apiKey } : {}
    ), ...(metadata === undefined ? {} : { metadata }) };
    const connection = await NativeConnection.connect(options);
    const worker = await Worker.create({
      connection, namespace, taskQueue, workflowBundle: { codePath }, shutdownGraceTime: 0, maxCachedWorkflows: 10,
    });
    const running = worker.run();
    running.catch(() => {}); // seen by stop
    const stop = async (): Promise<void> => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running.catch(() => {});
      await connection.close();
    };
    // A server that is silent then keeps the SDK's core for half a minute, and nobody else.
    return new Caller(taskQueue, () => endOf("the end of the harness's own worker", stop(), { deadlineMs: stopMs }).catch(() => {}));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stop();
  }
}
