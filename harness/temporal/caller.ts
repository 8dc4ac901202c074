import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NativeConnection, Worker } from '@temporalio/worker';
import { execa } from 'execa';
import { ownPackageFile } from '../system/own-package.ts';
import { cached } from '../system/tools/cache.ts';
import { siblingModule } from '../system/tools/sibling.ts';
import { connectionOptions } from './connect.ts';
import { installQuietRuntime } from './quiet-runtime.ts';
import type { ServerInfo } from './server-info.ts';

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

  static async start(server: ServerInfo, namespace: string, taskQueue: string): Promise<Caller> {
    installQuietRuntime();
    const codePath = await callingWorkflowBundle();
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
    return new Caller(taskQueue, async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running.catch(() => {});
      await connection.close();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stop();
  }
}
