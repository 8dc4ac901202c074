import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, type WorkflowHandle } from '@temporalio/client';
import type { Contract } from '../contract/schema.ts';
import { CouldNotJudge, InfrastructureError } from '../model/errors.ts';
import type { LlmStandIn } from '../services/llm.ts';
import type { Guest } from '../services/service.ts';
import { isUnpackedFolder } from '../runtimes/registry.ts';
import type { Launch } from '../system/launch/launch.ts';
import { entriesOf } from '../system/launch/room.ts';
import { waitFor } from '../system/wait.ts';
import { startCaller, type Caller } from '../temporal/caller.ts';
import { awaitEnding, startWorkflow, type Execution } from '../temporal/execute.ts';
import { ended, untilReady, type Post, type Ready } from '../temporal/ready.ts';
import type { Connections } from './connections.ts';
import type { Endings } from './endings.ts';
import type { Limits } from './limits.ts';

/** An execution of the contract. */
export type Plan = Contract['executions'][number];

/** A launch that nobody has seen ready may just have been quicker done than ready: it gets this many starts of the first one. */
const startsToReady = 3;

type Parts = {
  readonly connections: Connections;
  readonly endings: Endings;
  readonly launch: Launch;
  readonly llm: LlmStandIn;
  readonly post: Post;
  /** This launch, as services know it. */
  readonly guest: Guest;
  readonly environment: Readonly<Record<string, string>>;
  readonly limits: Limits;
  /** How long the first launch took to be ready; undefined while nobody knows. */
  readonly usualReadyMs: () => number | undefined;
  /** The run's: what several checks wait for does not end with the first of them. */
  readonly signal: AbortSignal;
};

/** One launch with everything around it: its model, its database, its client, its task queue. */
export class Actor {
  readonly launch: Launch;
  readonly llm: LlmStandIn;
  readonly post: Post;
  /** This launch, as services know it. */
  readonly guest: Guest;
  readonly environment: Readonly<Record<string, string>>;
  readonly limits: Limits;
  readonly client: Client;
  /** Every execution that was driven, for checks over all histories. */
  readonly executions: Execution[] = [];
  readonly #parts: Parts;
  #ready: Promise<Ready> | undefined;
  #isReady = false;
  #caller: Promise<Caller> | undefined;
  #disposed: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.launch = parts.launch;
    this.llm = parts.llm;
    this.post = parts.post;
    this.guest = parts.guest;
    this.environment = parts.environment;
    this.limits = parts.limits;
    this.client = new Client({ connection: parts.connections.connection, namespace: parts.post.namespace });
  }

  /** Milliseconds from the spawn to ready; waits for it at the first call. */
  async ready(): Promise<number> {
    return (await this.readiness()).readyMs;
  }

  /** The same with what the launch waited for a CPU and used until then. */
  readiness(): Promise<Ready> {
    this.#ready ??= this.#untilReady(this.limits.readyMs, 'every queue');
    return this.#ready;
  }

  /** Resolves when the launch polls anything at all, or has ended, or its time is up. */
  async settled(): Promise<void> {
    await this.#untilReady(this.limits.readyMs, 'any queue').catch(() => {});
  }

  async #untilReady(deadlineMs: number, how: 'every queue' | 'any queue'): Promise<Ready> {
    const { connections: { connection }, launch, post, signal } = this.#parts;
    const ready = await untilReady(connection, launch, post, { deadlineMs, signal, how });
    this.#isReady = true;
    return ready;
  }

  /** Starts an execution of the contract; an activity is called by a workflow that the harness hosts. */
  async begin(plan: Plan, by: 'order' | 'turn' = 'order'): Promise<WorkflowHandle> {
    this.llm.script(plan.llm, by);
    if (plan.workflow !== undefined) return this.workflow(plan.workflow, plan.input);
    // A failure that is expected must not be retried until it looks like a worker that does nothing.
    return this.call(plan.activity ?? '', plan.input, plan.expect.failure === undefined ? 0 : 1);
  }

  async workflow(type: string, args: readonly unknown[], taskQueue = this.post.taskQueue): Promise<WorkflowHandle> {
    return startWorkflow(this.client, type, taskQueue, randomUUID(), args, this.limits.executionMs);
  }

  /** Hosts the workflow that calls activities, where an execution of the contract is an activity. */
  async host(plan: Plan): Promise<void> {
    if (plan.activity !== undefined) await this.#hosted();
  }

  #hosted(): Promise<Caller> {
    this.#caller ??= startCaller(this.#parts.connections.server, this.post.namespace, `${this.post.taskQueue}-caller`);
    return this.#caller;
  }

  async call(activity: string, args: readonly unknown[], maximumAttempts = 0): Promise<WorkflowHandle> {
    const caller = await this.#hosted();
    return this.workflow('callActivity', [{ activity, args, taskQueue: this.post.taskQueue, maximumAttempts }], caller.taskQueue);
  }

  /** Waits for an execution's end and keeps its history. */
  async finish(handle: WorkflowHandle): Promise<Execution> {
    const execution = await awaitEnding(handle, {
      deadlineMs: this.limits.executionMs, signal: this.#parts.signal, stretch: this.launch.cpu.stretch(),
      over: () => ended(this.launch),
    });
    this.executions.push(execution);
    return execution;
  }

  /** Drives one execution of the contract from start to end. */
  async execute(plan: Plan): Promise<Execution> {
    return this.finish(await this.begin(plan));
  }

  /**
   * Waits until an activity of the execution is in flight: the model is being asked with the answer held back, or, where
   * the execution asks no model, the server says that the activity was started.
   * @throws {CouldNotJudge} when the execution ends before that can be seen.
   */
  async waitUntilInFlight(handle: WorkflowHandle, plan: Plan): Promise<void> {
    const inFlight = async (): Promise<true | undefined> => {
      if (plan.llm.length > 0) return this.llm.waiting > 0 || undefined;
      const { raw, status } = await handle.describe();
      if (status.name !== 'RUNNING') throw new CouldNotJudge('its activities end too quickly to be caught in flight; add an execution to ' +
        'the contract whose activity takes a few seconds');
      return raw.pendingActivities?.some((activity) => activity.lastStartedTime) || undefined;
    };
    await waitFor('an activity in flight', inFlight, {
      deadlineMs: this.limits.executionMs,
      stretch: this.launch.cpu.stretch(),
      signal: this.#parts.signal,
      everyMs: 10,
      over: () => ended(this.launch),
      seen: () => `last output:\n${this.launch.output.tail(6)}`,
    });
  }

  /**
   * Ends the launch as its users do, by a promised signal that is judged with all others (law 11), and then everything of it.
   * Its output and what it wrote stay, what was unpacked does not. Idempotent.
   */
  dispose(): Promise<void> {
    this.#disposed ??= this.#end();
    return this.#disposed;
  }

  async #end(): Promise<void> {
    const { launch, llm, connections } = this.#parts;
    llm.release();
    await this.#stop();
    const stuck = await launch.dispose();
    const caller = await this.#caller?.catch(() => undefined);
    await caller?.[Symbol.asyncDispose]();
    await connections.services.leave(this.guest);
    const unpacked = entriesOf(launch.room.tmp).filter(isUnpackedFolder);
    for (const name of unpacked) await rm(join(launch.room.tmp, name), { recursive: true, force: true, maxRetries: 3 });
    if (stuck.length > 0) throw new InfrastructureError(`processes ${stuck.join(', ')} could not be ended, not even by SIGKILL`);
  }

  /** Only a launch that has got ready can be asked to stop in order; what never gets so far is judged by the check that waits for it. */
  async #stop(): Promise<void> {
    const { launch, endings, usualReadyMs } = this.#parts;
    if (endings.of(launch) !== undefined) return;
    if (launch.exit) {
      await endings.keep(launch, { signal: undefined, exit: launch.exit, stopMs: 0 });
      return;
    }
    const leftMs = startsToReady * (usualReadyMs() ?? 0) - launch.elapsedMs();
    if (!this.#isReady && leftMs > 0) await this.#untilReady(leftMs, 'any queue').catch(() => {});
    const signal = this.#isReady && !launch.exit ? endings.next(launch) : undefined;
    if (signal !== undefined) await endings.stop(launch, signal);
  }
}
