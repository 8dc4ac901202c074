import type { Connection } from '@temporalio/client';
import { baselineCommand } from '../baselines/baseline.ts';
import { CouldNotJudge } from '../model/errors.ts';
import { memoryOfTree } from '../system/memory/memory.ts';
import { Launch, type Command } from '../system/launch/launch.ts';
import { newMark } from '../system/processes/marks.ts';
import type { MemoryCourse } from '../model/report.ts';
import { LlmStandIn } from '../services/llm-stand-in.ts';
import { Services } from '../services/services.ts';
import { connect } from '../temporal/connect.ts';
import type { Post } from '../temporal/ready.ts';
import type { ServerInfo } from '../temporal/server.ts';
import { Actor } from './actor.ts';
import { launchStart, type Overrides } from './launch-environment.ts';
import type { RunContext } from './run-context.ts';

export type LaunchOptions = {
  readonly variant?: 'subject' | 'baseline';
  readonly environment?: Overrides;
  /** The queue of an earlier launch, where a check is about what the next one finds there. */
  readonly after?: Actor;
  /** Where the worker will poll when it is not told: a default of the contract. */
  readonly expected?: Partial<Pick<Post, 'namespace' | 'taskQueue'>>;
  /** Where the worker finds the server, if not at the server's own address. */
  readonly address?: string | undefined;
};

/** One for a run: the connections, and how a worker is brought onto them. */
export class Stage implements AsyncDisposable {
  readonly run: RunContext;
  readonly connection: Connection;
  readonly server: ServerInfo;
  readonly services: Services;
  /** Every launch of the run, for checks over all of them. */
  readonly actors: Actor[] = [];
  #shared: Promise<Actor> | undefined;
  #first: Promise<Actor> | undefined;
  #proof: Promise<void> | undefined;
  #launches = 0;

  private constructor(run: RunContext, server: ServerInfo, connection: Connection, services: Services) {
    this.run = run;
    this.server = server;
    this.connection = connection;
    this.services = services;
  }

  static async open(run: RunContext): Promise<Stage> {
    if (run.server === undefined) throw new CouldNotJudge('there is no Temporal server');
    const services = await Services.join(run.contract?.services ?? [], run.services);
    return new Stage(run, run.server, await connect(run.server), services);
  }

  /** Starts the subject or the baseline in a room, namespace and task queue of its own; does not wait for anything. */
  async launch(
    { variant = 'subject', environment = {}, after, expected, address = this.server.address }: LaunchOptions = {},
  ): Promise<Actor> {
    const { contract, baseline, canaries, binary } = this.run;
    if (contract === undefined) throw new CouldNotJudge('there is no contract, so nobody knows how to start the worker');
    if (contract.temporal.taskQueue === undefined) throw new CouldNotJudge('the contract does not say how the worker is told its task ' +
      'queue (temporal.taskQueue), so it cannot be given one of its own');
    const index = this.#launches++;
    const namespaces = this.server.namespaces;
    const own = contract.temporal.namespace === undefined ? 'default' : namespaces[index % namespaces.length];
    const namespace = after?.post.namespace ?? own ?? 'default';
    const taskQueue = after?.post.taskQueue ?? `frostgate-${newMark()}`;
    const llm = new LlmStandIn();
    const guest = { index, model: llm };
    const places = { address, namespace, taskQueue, services: await this.services.places(guest) };
    const start = launchStart(contract, places, { canaries, client: this.server.clientEnvironment }, environment);
    const command: Command = variant === 'baseline' && baseline
      ? baselineCommand(baseline, start.args)
      : { file: binary, args: start.args, variant: 'subject' };
    const launch = Launch.start(this.run.run, command, start.environment);
    const queues = (['workflow', 'activity'] as const).filter(
      (queue) => contract.registers[queue === 'workflow' ? 'workflows' : 'activities'].length > 0,
    );
    const actor = new Actor({
      stage: this, launch, llm, post: { namespace, taskQueue, queues, ...expected }, guest, environment: start.environment,
    });
    this.actors.push(actor);
    return actor;
  }

  /** The one launch that all checks share which only look; started at the first call, perhaps never ready. */
  shared(): Promise<Actor> {
    this.#shared ??= this.launch();
    this.#first ??= this.#shared;
    return this.#shared;
  }

  /**
   * The shared launch, ready.
   * @throws {CouldNotJudge} when it did not become ready; every later caller is told so at once instead of waiting again.
   */
  async worker(): Promise<Actor> {
    const actor = await this.shared();
    try {
      await actor.ready();
    } catch (error) {
      throw new CouldNotJudge('the worker did not become ready: see startup.ready', { cause: error });
    }
    return actor;
  }

  /** Throws unless the shared launch became ready: starting more of the same would only repeat the wait. */
  mustStart(): Promise<void> {
    this.#proof ??= this.worker().then(() => {});
    return this.#proof;
  }

  /** The memory of the first shared launch, now; undefined before its start and after its end. */
  async memoryPoint(after: string): Promise<MemoryCourse['points'][number] | undefined> {
    // One reading takes PowerShell a second; the checks must not wait for it.
    if (process.platform === 'win32') return undefined;
    const actor = await this.#first?.catch(() => undefined);
    if (actor === undefined || actor.launch.exit || this.#shared !== this.#first) return undefined;
    const { launch } = actor;
    const bytes = memoryOfTree(launch.alive().map((entry) => entry.pid));
    return bytes === 0 ? undefined : { atMs: Math.round(launch.elapsedMs()), bytes, after };
  }

  /** Ends every launch so far, so that none is in the way of what is measured; the shared one is started again when it is asked for. */
  async retireAll(): Promise<void> {
    this.#shared = undefined;
    for (const actor of this.actors) await actor.dispose();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const actor of this.actors) await actor.dispose();
    await this.services[Symbol.asyncDispose]();
    await this.connection.close();
  }
}
