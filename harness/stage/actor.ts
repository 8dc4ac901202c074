import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Client, WorkflowHandle } from '@temporalio/client';
import type { Contract } from '../contract/schema.ts';
import { CouldNotJudge, InfrastructureError } from '../model/errors.ts';
import type { Launch } from '../system/launch/launch.ts';
import { waitFor } from '../system/wait.ts';
import type { LlmStandIn } from '../services/llm-stand-in.ts';
import type { Guest } from '../services/service.ts';
import { Caller } from '../temporal/caller.ts';
import { clientFor } from '../temporal/connect.ts';
import { awaitEnding, startWorkflow, type Execution } from '../temporal/execute.ts';
import { ended, waitUntilReady, type Post } from '../temporal/ready.ts';
import type { Stage } from './stage.ts';

/** An execution of the contract. */
export type Plan = Contract['executions'][number];

/** How long an execution may take before it counts as stuck. */
const executionDeadlineMs = 30_000;

type Parts = {
  readonly stage: Stage;
  readonly launch: Launch;
  readonly llm: LlmStandIn;
  readonly post: Post;
  /** This launch, as services know it. */
  readonly guest: Guest;
  readonly environment: Readonly<Record<string, string>>;
};

/** One launch with everything around it: its model, its database, its client, its task queue. */
export class Actor {
  readonly launch: Launch;
  readonly llm: LlmStandIn;
  readonly post: Post;
  /** This launch, as services know it. */
  readonly guest: Guest;
  readonly environment: Readonly<Record<string, string>>;
  readonly client: Client;
  /** Every execution that was driven, for checks over all histories. */
  readonly executions: Execution[] = [];
  readonly #stage: Stage;
  #ready: Promise<number> | undefined;
  #caller: Promise<Caller> | undefined;
  #disposed: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#stage = parts.stage;
    this.launch = parts.launch;
    this.llm = parts.llm;
    this.post = parts.post;
    this.guest = parts.guest;
    this.environment = parts.environment;
    this.client = clientFor(parts.stage.connection, parts.post.namespace);
  }

  /** Milliseconds from the spawn to ready; waits for it at the first call. */
  ready(signal?: AbortSignal): Promise<number> {
    this.#ready ??= waitUntilReady(this.#stage.connection, this.launch, this.post, { deadlineMs: this.readyDeadlineMs, signal });
    return this.#ready;
  }

  /** Resolves when the launch polls anything at all, or has ended, or its time is up. */
  async settled(signal?: AbortSignal): Promise<void> {
    await waitUntilReady(
      this.#stage.connection, this.launch, this.post, { deadlineMs: this.readyDeadlineMs, signal, how: 'any queue' },
    ).catch(() => {});
  }

  /** Three times the budget, so that a slow start can be measured and reported as slow. */
  get readyDeadlineMs(): number {
    return Math.max(30_000, (this.#stage.run.contract?.budgets.readySeconds ?? 10) * 3_000);
  }

  /** Starts an execution of the contract; an activity is called by a workflow that the harness hosts. */
  async begin(plan: Plan, by: 'order' | 'turn' = 'order'): Promise<WorkflowHandle> {
    this.llm.script(plan.llm, by);
    if (plan.workflow !== undefined) return this.workflow(plan.workflow, plan.input);
    // A failure that is expected must not be retried until it looks like a worker that does nothing.
    return this.call(plan.activity ?? '', plan.input, plan.expect.failure === undefined ? 0 : 1);
  }

  async workflow(type: string, args: readonly unknown[]): Promise<WorkflowHandle> {
    return startWorkflow(this.client, type, this.post.taskQueue, `frostgate-${randomUUID()}`, args, executionDeadlineMs);
  }

  /** Hosts the workflow that calls activities, where an execution of the contract is an activity. */
  async host(plan: Plan): Promise<void> {
    if (plan.activity !== undefined) await this.#hosted();
  }

  #hosted(): Promise<Caller> {
    this.#caller ??= Caller.start(this.#stage.server, this.post.namespace, `${this.post.taskQueue}-caller`);
    return this.#caller;
  }

  async call(activity: string, args: readonly unknown[], maximumAttempts = 0): Promise<WorkflowHandle> {
    const caller = await this.#hosted();
    return startWorkflow(this.client, 'callActivity', caller.taskQueue, `frostgate-${randomUUID()}`, [
      { activity, args, taskQueue: this.post.taskQueue, maximumAttempts },
    ], executionDeadlineMs);
  }

  /** Waits for an execution's end and keeps its history. */
  async finish(handle: WorkflowHandle, signal?: AbortSignal): Promise<Execution> {
    const execution = await awaitEnding(handle, { deadlineMs: executionDeadlineMs, signal, over: () => ended(this.launch) });
    this.executions.push(execution);
    return execution;
  }

  /** Drives one execution of the contract from start to end. */
  async execute(plan: Plan, signal?: AbortSignal): Promise<Execution> {
    return this.finish(await this.begin(plan), signal);
  }

  /**
   * Waits until an activity of the execution is in flight: the model is being asked with the answer held back, or, where
   * the execution asks no model, the server says that the activity was started.
   * @throws {CouldNotJudge} when the execution ends before that can be seen.
   */
  async waitUntilInFlight(handle: WorkflowHandle, plan: Plan, signal?: AbortSignal): Promise<void> {
    const inFlight = async (): Promise<true | undefined> => {
      if (plan.llm.length > 0) return this.llm.waiting > 0 || undefined;
      const { raw, status } = await handle.describe();
      if (status.name !== 'RUNNING') throw new CouldNotJudge('its activities end too quickly to be caught in flight; add an execution ' +
        'to the contract whose activity takes a few seconds');
      return raw.pendingActivities?.some((activity) => activity.lastStartedTime) || undefined;
    };
    await waitFor('an activity in flight', inFlight, {
      deadlineMs: executionDeadlineMs,
      signal,
      everyMs: 10,
      over: () => ended(this.launch),
      seen: () => `last output:\n${this.launch.output.tail(6)}`,
    });
  }

  /** Ends everything of this launch. Its output stays, the unpacked files do not. */
  dispose(): Promise<void> {
    this.#disposed ??= this.#end();
    return this.#disposed;
  }

  async #end(): Promise<void> {
    this.llm.release();
    const stuck = await this.launch.dispose();
    const caller = await this.#caller?.catch(() => undefined);
    await caller?.[Symbol.asyncDispose]();
    await this.#stage.services.leave(this.guest);
    await rm(this.launch.room.tmp, { recursive: true, force: true, maxRetries: 3 });
    if (stuck.length > 0) throw new InfrastructureError(`processes ${stuck.join(', ')} could not be ended, not even by SIGKILL`);
  }
}
