import type { Client } from '@temporalio/client';
import type { PayloadCodec } from '@temporalio/common';
import { startCaller, type Caller } from '../temporal/caller.ts';
import type { ServerInfo } from '../temporal/connect.ts';
import { startStandIn, type AnswersOf } from '../temporal/stand-in.ts';
import type { Plan } from './plan.ts';

/** What executions are answered by activities that the harness stands in for, by their ids. */
export type StandInAnswers = Map<string, NonNullable<Plan['activities']>>;

type Place = {
  readonly server: ServerInfo;
  /** Whose client is used, in whose namespace they work. */
  readonly client: Client;
  /** The task queue of the workflow that calls activities. */
  readonly callers: string;
  /** Shared with launches that go on with executions of this one. */
  readonly answers: StandInAnswers;
  /** The worker's payload codec. */
  readonly codec: PayloadCodec | undefined;
};

/**
 * The harness's own workers beside one launch, each started at first use: one hosts the workflow that calls activities and Nexus
 * operations of the worker, others stand in for activities that the worker calls and does not have, one for each task queue.
 */
export class OwnWorkers implements AsyncDisposable {
  readonly #place: Place;
  readonly #all = new Map<string, Promise<Caller>>();

  constructor(place: Place) {
    this.#place = place;
  }

  /** The worker that hosts the calling workflow. */
  caller(): Promise<Caller> {
    const { server, client, callers, codec } = this.#place;
    return this.#once(callers, () => startCaller(server, client.options.namespace, callers, { codec }));
  }

  /** Hosts what an execution needs, whose workflow runs on this task queue. */
  async host({ workflow, activities = {} }: Plan, taskQueue: string): Promise<void> {
    if (workflow === undefined) await this.caller();
    const queues = new Set(Object.values(activities).map(({ queue = taskQueue }) => queue));
    const { server, client, codec } = this.#place;
    await Promise.all([...queues].map((queue) => (
      this.#once(queue, () => startStandIn(server, client.options.namespace, queue, { answersOf: this.#answersOf, codec }))
    )));
  }

  /** Must be told before the execution can have called anything; the plan has its number in place of `{n}`. */
  answer(workflowId: string, { activities }: Plan): void {
    if (activities !== undefined) this.#place.answers.set(workflowId, activities);
  }

  /** A child is answered as the execution that began it all. */
  readonly #answersOf: AnswersOf = async (workflowId) => {
    const { client, answers } = this.#place;
    const own = answers.get(workflowId);
    if (own !== undefined) return own;
    const request = { namespace: client.options.namespace, execution: { workflowId } };
    const { workflowExecutionInfo: info } = await client.workflowService.describeWorkflowExecution(request);
    return answers.get(info?.rootExecution?.workflowId ?? '');
  };

  #once(queue: string, start: () => Promise<Caller>): Promise<Caller> {
    const worker = this.#all.get(queue) ?? start();
    this.#all.set(queue, worker);
    return worker;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(Array.from(this.#all.values(), async (one) => (await one.catch(() => undefined))?.[Symbol.asyncDispose]()));
  }
}
