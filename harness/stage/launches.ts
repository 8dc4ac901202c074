import { baselineCommand } from '../baselines/baseline.ts';
import type { Contract } from '../contract/schema.ts';
import { CouldNotJudge } from '../model/errors.ts';
import { LlmStandIn } from '../services/llm.ts';
import { Launch, type Command } from '../system/launch/launch.ts';
import { plainName } from '../system/plain-name.ts';
import { tracedCommand } from '../system/trace/strace.ts';
import type { Post } from '../temporal/ready.ts';
import { Actor } from './actor.ts';
import { connections, type Connections } from './connections.ts';
import { endings, type Endings } from './endings.ts';
import { launchStart, type Overrides } from './launch-environment.ts';
import { limitsOf } from './limits.ts';
import { openPolling, type Polling } from './polling.ts';
import type { RunContext } from './run-context.ts';
import { fixture, type Scope } from './scope.ts';

export type LaunchOptions = {
  readonly variant?: 'subject' | 'baseline';
  readonly environment?: Overrides;
  /** The queue of an earlier launch, where a check is about what the next one finds there. */
  readonly after?: Actor;
  /** A launch that was killed, whose queue and whose share of the services this one goes on with. */
  readonly heirOf?: Actor;
  /** Where the worker will poll when it is not told: a default of the contract. */
  readonly expected?: Partial<Pick<Post, 'namespace' | 'taskQueue'>>;
  /** Where the worker finds the server, if not at the server's own address. */
  readonly address?: string | undefined;
  /** The file into which its system calls are recorded; such a launch is not measured. */
  readonly trace?: string;
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
  readonly #pollings: Polling[] = [];
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
  async start(
    { variant = 'subject', environment = {}, heirOf, after = heirOf, expected, address, trace }: LaunchOptions = {},
  ): Promise<Actor> {
    const { contract, baseline, canaries, binary, run } = this.#run;
    const { server, namespaces, services } = this.#connections;
    if (contract === undefined) throw new CouldNotJudge('there is no contract, so nobody knows how to start the worker');
    if (contract.temporal.taskQueue === undefined) throw new CouldNotJudge('the contract does not say how the worker is told its task ' +
      'queue (temporal.taskQueue), so it cannot be given one of its own');
    const index = this.#count++;
    const own = (): Promise<string> | string => (contract.temporal.namespace === undefined ? 'default' : namespaces.next());
    const namespace = after?.post.namespace ?? await own();
    const taskQueue = after?.post.taskQueue ?? plainName();
    const llm = heirOf?.llm ?? new LlmStandIn();
    const guest = heirOf?.guest ?? { index, model: llm };
    const polling = address === undefined && variant === 'subject' && server.kind === 'dev-server' ? await this.#opened() : undefined;
    const given = address ?? polling?.address ?? server.address;
    const places = { address: given, namespace, taskQueue, services: await services.places(guest) };
    const start = launchStart(contract, places, { canaries, client: server.clientEnvironment }, environment);
    const plain: Command = variant === 'baseline' && baseline
      ? baselineCommand(baseline, start.args)
      : { file: binary, args: start.args, variant: 'subject' };
    const command = trace === undefined ? plain : tracedCommand(plain, trace);
    const { workflows, activities } = contract.registers;
    const registered = [['workflow', workflows], ['activity', activities]] as const;
    const queues = registered.flatMap(([queue, types]) => (types.length > 0 ? [queue] : []));
    const launch = Launch.start(run, command, start.environment);
    polling?.belongsTo(launch);
    const actor = new Actor({
      connections: this.#connections, endings: this.#endings, launch, llm,
      post: { namespace, taskQueue, queues, ...expected }, guest, environment: start.environment, address: given,
      callers: after?.callers ?? plainName(),
      polling: expected === undefined && pointersOf(contract).some((name) => name in environment) ? undefined : polling,
      limits: limitsOf(contract), usualReadyMs: () => this.#usualReadyMs, signal: this.#signal,
    });
    this.all.push(actor);
    return actor;
  }

  /** It stays open until the end of the run: what lives on after its launch is seen by it. */
  async #opened(): Promise<Polling> {
    const opened = await openPolling(this.#connections.server.address);
    this.#pollings.push(opened);
    return opened;
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

  /** Ends one launch. Was it the shared one, whoever asks next gets another. */
  async retire(actor: Actor): Promise<void> {
    if (this.#shared !== undefined && (await this.#shared) === actor) this.#shared = undefined;
    await actor.dispose();
  }

  /** Ends every launch so far, so that none is in the way of what is measured; the shared one is started again when it is asked for. */
  async retireAll(): Promise<void> {
    this.#shared = undefined;
    await Promise.all(this.all.map((actor) => actor.dispose()));
  }

  /** The same at the end of the run, when nobody looks any more at who polls. */
  async close(): Promise<void> {
    try {
      await this.retireAll();
    } finally {
      await Promise.all(this.#pollings.map((polling) => polling[Symbol.asyncDispose]()));
    }
  }
}

/** The variables and flags by which a worker is told where to poll. */
const pointersOf = ({ temporal }: Contract): readonly string[] => Object.values(temporal).filter((name) => name !== undefined);

export const launches = fixture(
  'launches', async (scope) => new Launches(scope, await scope.use(connections), await scope.use(endings)), (all) => all.close(),
);
