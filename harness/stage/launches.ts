import { baselineCommand } from '../baselines/baseline.ts';
import { CouldNotJudge } from '../model/errors.ts';
import { LlmStandIn } from '../services/llm.ts';
import { Launch, type Command } from '../system/launch/launch.ts';
import { newMark } from '../system/processes/marks.ts';
import type { Post } from '../temporal/ready.ts';
import { Actor } from './actor.ts';
import { connections, type Connections } from './connections.ts';
import { endings, type Endings } from './endings.ts';
import { launchStart, type Overrides } from './launch-environment.ts';
import { limitsOf } from './limits.ts';
import type { RunContext } from './run-context.ts';
import { fixture, type Scope } from './scope.ts';

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

/** How a worker is brought onto the connections of the run, and every launch so far. */
export class Launches {
  readonly all: Actor[] = [];
  /** The launch that was shared first. */
  first: Actor | undefined;
  readonly #run: RunContext;
  readonly #signal: AbortSignal;
  readonly #connections: Connections;
  readonly #endings: Endings;
  #shared: Promise<Actor> | undefined;
  #usualReadyMs: number | undefined;
  #count = 0;

  constructor({ run, signal }: Scope, opened: Connections, ended: Endings) {
    this.#run = run;
    this.#signal = signal;
    this.#connections = opened;
    this.#endings = ended;
  }

  /** Starts the subject or the baseline in a room, namespace and task queue of its own; does not wait for anything. */
  async start({ variant = 'subject', environment = {}, after, expected, address }: LaunchOptions = {}): Promise<Actor> {
    const { contract, baseline, canaries, binary, run } = this.#run;
    const { server, namespaces, services } = this.#connections;
    if (contract === undefined) throw new CouldNotJudge('there is no contract, so nobody knows how to start the worker');
    if (contract.temporal.taskQueue === undefined) throw new CouldNotJudge('the contract does not say how the worker is told its task ' +
      'queue (temporal.taskQueue), so it cannot be given one of its own');
    const index = this.#count++;
    const own = (): Promise<string> | string => (contract.temporal.namespace === undefined ? 'default' : namespaces.next());
    const namespace = after?.post.namespace ?? await own();
    const taskQueue = after?.post.taskQueue ?? `frostgate-${newMark()}`;
    const llm = new LlmStandIn();
    const guest = { index, model: llm };
    const places = { address: address ?? server.address, namespace, taskQueue, services: await services.places(guest) };
    const start = launchStart(contract, places, { canaries, client: server.clientEnvironment }, environment);
    const command: Command = variant === 'baseline' && baseline
      ? baselineCommand(baseline, start.args)
      : { file: binary, args: start.args, variant: 'subject' };
    const { workflows, activities } = contract.registers;
    const registered = [['workflow', workflows], ['activity', activities]] as const;
    const queues = registered.flatMap(([queue, types]) => (types.length > 0 ? [queue] : []));
    const actor = new Actor({
      connections: this.#connections, endings: this.#endings, launch: Launch.start(run, command, start.environment), llm,
      post: { namespace, taskQueue, queues, ...expected }, guest, environment: start.environment,
      limits: limitsOf(contract), usualReadyMs: () => this.#usualReadyMs, signal: this.#signal,
    });
    this.all.push(actor);
    return actor;
  }

  /** The one launch that all checks share which only look; started at the first call, perhaps never ready. */
  async shared(): Promise<Actor> {
    this.#shared ??= this.start();
    const actor = await this.#shared;
    this.first ??= actor;
    return actor;
  }

  /**
   * The shared launch, ready.
   * @throws {CouldNotJudge} when it did not become ready; every later caller is told so at once instead of waiting again.
   */
  async worker(): Promise<Actor> {
    const actor = await this.shared();
    try {
      this.#usualReadyMs ??= await actor.ready();
      await actor.ready();
    } catch (error) {
      throw new CouldNotJudge('the worker did not become ready: see startup.ready', { cause: error });
    }
    return actor;
  }

  /** Throws unless a shared launch became ready: starting more of the same would only repeat the wait. */
  async mustStart(): Promise<void> {
    if (this.#usualReadyMs === undefined) await this.worker();
  }

  /** Ends every launch so far, so that none is in the way of what is measured; the shared one is started again when it is asked for. */
  async retireAll(): Promise<void> {
    this.#shared = undefined;
    await Promise.all(this.all.map((actor) => actor.dispose()));
  }
}

export const launches = fixture(
  'launches', async (scope) => new Launches(scope, await scope.use(connections), await scope.use(endings)), (all) => all.retireAll(),
);
