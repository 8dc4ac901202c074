import { join } from 'node:path';
import { Client, type WorkflowHandle } from '@temporalio/client';
import { InfrastructureError } from '../model/errors.ts';
import type { LlmStandIn } from '../services/llm.ts';
import type { Guest } from '../services/service.ts';
import { isUnpackedFolder } from '../runtimes/registry.ts';
import { entriesOf } from '../system/launch/room.ts';
import { plainName } from '../system/plain-name.ts';
import type { WaitOptions } from '../system/wait.ts';
import type { ActivityCall, NexusCall } from '../temporal/calling-workflow.ts';
import { dataConverterWith } from '../temporal/data-converter.ts';
import { awaitEnding, endingOf, startWorkflow, type Ending as ExecutionEnding } from '../temporal/execute.ts';
import { ended, untilReady, type Ready } from '../temporal/ready.ts';
import type { ActorParts } from './actor-parts.ts';
import type { Ending } from './endings.ts';
import type { Limits } from './limits.ts';
import { numbered } from './numbered.ts';
import { OwnWorkers, type StandInAnswers } from './own-workers.ts';
import { doneOf, mayTakeMs, newId, type Begun, type BeginOptions, type Done, type EndOptions, type Plan } from './plan.ts';
import { Posted } from './posted.ts';
import { takeSteps } from './steps.ts';
import type { CpuUse } from '../system/cpu/cpu-use.ts';
import { removeLibraries } from '../runtimes/unpacked.ts';
import type { Way } from './ways.ts';
import { workerProcess } from './worker-process.ts';

export type { Begun, Done, Plan };

/** A launch that nobody has seen ready may just have been quicker done than ready: it gets this many starts of the first one. */
const startsToReady = 3;

/** One launch with everything around it: its model, its database, its client, its task queue. */
export class Actor extends Posted {
  readonly llm: LlmStandIn;
  /** This launch, as services know it. */
  readonly guest: Guest;
  /** The task queue of the harness's own worker, which hosts what calls activities. */
  readonly callers: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly limits: Limits;
  readonly client: Client;
  /** The run's. */
  readonly signal: AbortSignal;
  readonly answers: StandInAnswers;
  /** Every execution that was driven, for checks over all histories. */
  readonly executions: Done[] = [];
  /** The ids of those that only repeat others, hundreds of times: nobody keeps or replays their histories. */
  readonly repeated = new Set<string>();
  /** What the launch waited for a CPU while one of those ran, by its id. */
  readonly uses = new Map<string, CpuUse>();
  /** Every workflow that the harness started, by its id: the plan of one that must go well, undefined for what was tried. */
  readonly started = new Map<string, Plan | undefined>();
  readonly #parts: ActorParts;
  readonly #own: OwnWorkers;
  #ready: Promise<Ready> | undefined;
  #isReady = false;
  #disposed: Promise<void> | undefined;

  constructor(parts: ActorParts) {
    super(parts);
    this.#parts = parts;
    ({ llm: this.llm, guest: this.guest, callers: this.callers, environment: this.environment, limits: this.limits } = parts);
    ({ answers: this.answers, signal: this.signal } = parts);
    const { site: { connection, server }, connections: { codecIn }, post: { namespace } } = parts;
    const codec = codecIn(namespace);
    this.client = new Client({ connection, namespace, identity: plainName(), dataConverter: dataConverterWith(codec) });
    this.#own = new OwnWorkers({ server, client: this.client, callers: this.callers, answers: this.answers, codec });
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

  /** Whether it has ended, or is about to by the harness's will. */
  get isLetGo(): boolean {
    return this.#disposed !== undefined;
  }

  /** Whether it has been seen ready. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Resolves when the launch polls anything at all, or has ended, or its time is up. */
  async settled(): Promise<void> {
    await this.#untilReady(this.limits.readyMs, 'any queue').catch(() => {});
  }

  async #untilReady(deadlineMs: number, how: 'every queue' | 'any queue'): Promise<Ready> {
    const { site: { connection }, launch, polling, post, way, signal } = this.#parts;
    // The last release is looked at as the subject is: the server's answers cost the machine that both start on.
    const { mayPoll } = (launch.command.variant === 'previous' ? way : polling) ?? {};
    const ready = await untilReady(connection, launch, post, { deadlineMs, signal, how, mayPoll, isSeen: way?.isSeen });
    this.#isReady = true;
    return ready;
  }

  /** The number of one more execution. */
  nextNumber(): number {
    return this.#parts.nextNumber();
  }

  /** Starts an execution of the contract; activities and Nexus operations are called by a workflow that the harness hosts. */
  async begin(plan: Plan, { by = 'order', number = this.nextNumber(), trial = false }: BeginOptions = {}): Promise<Begun> {
    const own = numbered(plan, number);
    const { workflow, input, llm, steps = [], id = newId(), queue } = own;
    await this.host(own);
    this.#own.answer(id, own);
    const from = this.launch.cpu.sample('when due');
    const { asked } = this.llm.script(llm, by, number);
    const handle = workflow !== undefined
      ? await this.workflow(workflow, input, this.queueFor(workflow, queue), { id, withinMs: mayTakeMs(own, this.limits, 'beside others') })
      : await this.#call(own);
    if (!trial) this.started.set(handle.workflowId, own);
    return Object.assign(handle, { plan: own, number, asked, from, messages: takeSteps(handle, steps, this.#parts.signal) });
  }

  async workflow(
    type: string, args: readonly unknown[], taskQueue = this.queueFor(type), { id = newId(), withinMs = this.limits.executionMs } = {},
  ): Promise<WorkflowHandle> {
    this.started.set(id, undefined);
    return startWorkflow(this.client, type, taskQueue, id, args, withinMs);
  }

  /** Hosts what an execution of the contract needs beside the worker: a workflow that calls its activity, or activities that it calls. */
  async host(plan: Plan): Promise<void> {
    await this.#own.host(plan, this.queueFor(plan.workflow ?? plan.activity ?? '', plan.queue));
  }

  #call({ activity = '', nexus, input, queue, expect }: Plan): Promise<WorkflowHandle> {
    if (nexus !== undefined) return this.#called({ ...nexus, endpoint: nexus.endpoint ?? '', args: input });
    // A failure that is expected must not be retried until it looks like a worker that does nothing.
    const maximumAttempts = expect.failure === undefined ? 0 : 1;
    return this.call(activity, input, { maximumAttempts, taskQueue: this.queueFor(activity, queue) });
  }

  call(
    activity: string, args: readonly unknown[], { maximumAttempts = 0, taskQueue = this.queueFor(activity) } = {},
  ): Promise<WorkflowHandle> {
    return this.#called({ activity, args, taskQueue, maximumAttempts });
  }

  async #called(what: ActivityCall | NexusCall): Promise<WorkflowHandle> {
    const caller = await this.#own.caller();
    return this.workflow(plainName(), [what], caller.taskQueue);
  }

  /** Waits for an execution's end and keeps its history. */
  async finish(handle: WorkflowHandle | Begun, { withinMs }: EndOptions = {}): Promise<Done> {
    const begun = 'plan' in handle ? handle : undefined;
    const execution = await awaitEnding(handle, {
      deadlineMs: withinMs ?? mayTakeMs(begun?.plan ?? {}, this.limits), signal: this.#parts.signal, messages: begun?.messages,
      stretch: this.launch.cpu.stretch(), over: () => ended(this.launch),
    });
    const done = doneOf(handle, execution, this.launch.cpu.sample('when due'));
    this.executions.push(done);
    return done;
  }

  /** How an execution ends, one of hundreds: its history is not kept, and all of them may share one look at what counts. */
  ending(handle: Begun, stretch: WaitOptions['stretch']): Promise<ExecutionEnding> {
    const { signal } = this.#parts;
    const deadlineMs = mayTakeMs(handle.plan, this.limits, 'beside others');
    return endingOf(handle, { deadlineMs, signal, stretch, messages: handle.messages, over: () => ended(this.launch) });
  }

  /** Drives one execution of the contract from start to end. */
  async execute(plan: Plan, options: BeginOptions & EndOptions = {}): Promise<Done> {
    return this.finish(await this.begin(plan, options), options);
  }

  /**
   * Ends the launch as its users do, by a promised signal that is judged with all others (law 11), and then everything of it.
   * Its output and what it wrote stay; of what was unpacked the libraries, nearly all of it, do not. Idempotent.
   */
  dispose(): Promise<void> {
    this.#disposed ??= this.#end();
    return this.#disposed;
  }

  /**
   * Ends everything of the launch by SIGKILL, as a machine without memory does: no stop that could be judged. What services keep of it
   * is left to the launch that comes after it. Idempotent.
   */
  kill(): Promise<void> {
    this.#disposed ??= this.#end('killed');
    return this.#disposed;
  }

  async #end(how: 'stopped' | 'killed' = 'stopped'): Promise<void> {
    const { launch, llm, connections, site, turn, keepsSite } = this.#parts;
    llm.release();
    if (how === 'stopped') await this.#stop();
    const stuck = await launch.dispose().finally(() => turn?.end());
    await this.#own[Symbol.asyncDispose]();
    if (how === 'stopped') await connections.services.leave(this.guest);
    if (!keepsSite && how === 'stopped') await site.end(this.post);
    const unpacked = entriesOf(launch.room.tmp).filter(isUnpackedFolder);
    for (const name of unpacked) await removeLibraries(join(launch.room.tmp, name));
    if (stuck.length > 0) throw new InfrastructureError(`processes ${stuck.join(', ')} could not be ended, not even by SIGKILL`);
  }

  /** The process of a ready launch that polls: the started one, or another that it started. */
  async worker(): Promise<number> {
    return (await workerProcess(this)) ?? this.launch.pid;
  }

  /**
   * Ends a ready launch in this way.
   * @returns undefined, and does nothing, where the worker's own process is to be told and the started process is that one.
   */
  async stop(way: Way): Promise<Ending | undefined> {
    const { launch, endings } = this.#parts;
    const worker = way.target === 'child' ? await workerProcess(this) : undefined;
    endings.oneProcess ||= way.target === 'child' && worker === undefined;
    if (way.target === 'child' && worker === undefined) return undefined;
    return endings.stop(launch, way, { ...(worker !== undefined && { worker }) });
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
    const way = this.#isReady && !launch.exit ? endings.next(launch) : undefined;
    if (way === undefined) return;
    const ending = await this.stop(way).catch(() => undefined);
    if (ending === undefined) await this.stop({ ...way, target: 'parent' });
  }
}
