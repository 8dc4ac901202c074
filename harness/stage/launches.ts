import { baselineCommand } from '../baselines/baseline.ts';
import { portNames, usedPlaceholders } from '../contract/known-placeholders.ts';
import { isOneAtATime } from '../contract/one-at-a-time.ts';
import { isPointer, queueOf } from '../contract/pointers.ts';
import type { Contract } from '../contract/schema.ts';
import { CouldNotJudge } from '../model/errors.ts';
import { runtimeOf } from '../runtimes/registry.ts';
import { LlmStandIn } from '../services/llm.ts';
import { Launch, type Command } from '../system/launch/launch.ts';
import { makeRoom } from '../system/launch/room.ts';
import { noteRoom } from '../system/launch/run-folder.ts';
import { plainName } from '../system/plain-name.ts';
import { openingCommand, tracedCommand } from '../system/trace/strace.ts';
import { makeCurrent } from '../temporal/deployment.ts';
import { makeEndpoints } from '../temporal/nexus.ts';
import type { Shown } from '../temporal/tls/greeter.ts';
import type { Ready } from '../temporal/ready.ts';
import { Actor } from './actor.ts';
import { watchForCollision } from './collision.ts';
import { connections, type Connections } from './connections.ts';
import { endings, type Endings } from './endings.ts';
import { placeOf, type Places } from './given-places.ts';
import { launchStart, type Overrides } from './launch-environment.ts';
import { limitsOf } from './limits.ts';
import { buildIdOf, freePorts, postOf, queuesOf } from './names.ts';
import { firstNumber } from './numbered.ts';
import { openPolling, type Polling } from './polling.ts';
import { writeFiles } from './room-files.ts';
import type { RunContext } from './run-context.ts';
import { fixture, type Scope } from './scope.ts';
import { securedPlaces } from './secured/places.ts';
import { Site } from './site.ts';
import { Sites } from './sites.ts';
import { TakeTurns } from './take-turns.ts';

export type LaunchOptions = {
  readonly variant?: 'subject' | 'baseline' | 'previous';
  readonly environment?: Overrides;
  /** The queues of an earlier launch, where a check is about what the next one finds there. */
  readonly after?: Actor;
  /** A launch that was killed, whose queues and whose share of the services this one goes on with. */
  readonly heirOf?: Actor;
  /** Where the worker will poll when it is not told: defaults of the contract, task queues by the contract's names. */
  readonly expected?: { readonly namespace?: string; readonly queues?: Readonly<Record<string, string>> };
  /** The certificate that its way to the server shows, if not the right one. */
  readonly shown?: Shown;
  /** The file into which its system calls are recorded; such a launch is not measured. */
  readonly trace?: string;
  /** The file into which what it opens is recorded; nothing else is, and it is not measured either. */
  readonly openings?: string;
  /** It may be ended as soon as another launch is to start, where two cannot run at once. */
  readonly yields?: boolean;
  /** Another launch goes on where this one worked. */
  readonly keepsSite?: boolean;
  /** The build id of a version that is not made current, beside another version of its deployment. */
  readonly version?: string;
};

/** How a worker is brought onto the connections of the run, and every launch so far. */
export class Launches {
  readonly all: Actor[] = [];
  /** The ways to the server of launches that were told what the contract says, and nothing else. */
  readonly asPromised: Polling[] = [];
  /** The launch that was shared first. */
  first: Actor | undefined;
  readonly #run: RunContext;
  readonly #signal: AbortSignal;
  readonly #connections: Connections;
  readonly #endings: Endings;
  readonly #pollings: Polling[] = [];
  #shared: Promise<Actor> | undefined;
  #usual: Ready | undefined;
  #siteGiver: Sites | undefined;
  readonly #turns: TakeTurns | undefined;
  #count = 0;
  #number = firstNumber;

  constructor({ run, signal }: Scope, opened: Connections, ended: Endings) {
    this.#run = run;
    this.#signal = signal;
    this.#connections = opened;
    this.#endings = ended;
    if (isOneAtATime(run.contract)) this.#turns = new TakeTurns(limitsOf(run.contract).checkMs());
  }

  /** Starts the subject, the baseline or the last release in a room, namespace and task queues of its own; does not wait for anything. */
  async start(
    {
      variant = 'subject', environment = {}, heirOf, after = heirOf, expected, shown, trace, openings, yields = false, keepsSite = false,
      version,
    }: LaunchOptions = {},
  ): Promise<Actor> {
    const { baseline, binary, previous, run } = this.#run;
    const contract = launchable(this.#run);
    const turn = await this.#turns?.next();
    try {
      const index = this.#count++;
      const given = after?.site ?? await this.#sites(contract).next();
      const site = expected?.namespace === undefined ? given : await this.#sites(contract).elsewhere(given, expected.namespace);
      const llm = heirOf?.llm ?? new LlmStandIn();
      const guest = heirOf?.guest ?? { index, model: llm };
      const way = await this.#way(contract, site, shown);
      const room = makeRoom(noteRoom(run));
      const told = after?.queues ?? queuesOf(contract);
      const queues = { ...told, ...expected?.queues };
      const buildId = version ?? after?.buildId ?? buildIdOf(contract);
      const places: Places = {
        address: way?.address ?? site.server.address, namespace: given.namespace, queues: told, buildId,
        services: await this.#connections.services.places(guest), ports: await freePorts(portNames(contract)), room,
        secured: securedPlaces(this.#run, this.#connections),
      };
      const { canaries } = this.#run;
      const start = launchStart(contract, places, { canaries, client: site.server.clientEnvironment }, environment);
      writeFiles(room, contract.files, (name) => placeOf(places, name));
      if (site.isOwn) await makeEndpoints(site.connection, contract.nexus.map(({ endpoint, queue }) => (
        { name: endpoint, namespace: site.namespace, taskQueue: queues[queue] ?? '' }
      )));
      if (contract.temporal.deployment && version === undefined) await makeCurrent(site, contract.temporal.deployment.name, buildId);
      const plain: Command = variant === 'baseline' && baseline
        ? baselineCommand(baseline, start.args)
        : variant === 'previous' && previous
          ? { file: previous.binary, args: start.args, variant }
          : { file: binary, args: start.args, variant: 'subject' };
      const { asksByWriting } = runtimeOf(this.#run.identity.runtime);
      const watched = trace === undefined ? plain : tracedCommand(plain, trace, asksByWriting);
      const command = openings === undefined ? watched : openingCommand(watched, openings);
      const launch = Launch.start(run, command, start.environment, room);
      way?.belongsTo(launch);
      watchForCollision(run, launch, () => this.all.map((each) => each.launch));
      const isTold = expected !== undefined || !Object.keys(environment).some((name) => isPointer(contract, name));
      const polling = variant === 'subject' && isTold && shown === undefined ? way : undefined;
      if (polling && Object.keys(environment).length === 0) this.asPromised.push(polling);
      const actor = new Actor({
        connections: this.#connections, endings: this.#endings, launch, llm, site, way, queues, buildId, places,
        post: postOf(contract, site.namespace, queues), guest, environment: start.given,
        address: places.address, callers: after?.callers ?? plainName(), queueOf: (type) => queueOf(contract, type),
        polling, limits: limitsOf(contract), answers: after?.answers ?? new Map(), nextNumber: () => this.#number++,
        usualReadyMs: () => this.#usual?.readyMs, signal: this.#signal, turn, keepsSite: keepsSite || yields || after !== undefined,
      });
      if (yields) turn?.yields(() => void this.retire(actor));
      this.all.push(actor);
      return actor;
    } catch (error) {
      turn?.end();
      throw error;
    }
  }

  #sites(contract: Contract): Sites {
    this.#siteGiver ??= new Sites(this.#connections, this.#run, contract, this.#signal);
    return this.#siteGiver;
  }

  /**
   * A launch's own way to the server, which stays open until the end of the run, so that what lives on is seen by it; at the one address
   * that the worker's code has, it makes room for the next. None to somebody else's server, whose certificate names its own address.
   */
  async #way(
    { temporal: { address } }: Contract, { server }: Site, shown = this.#connections.certificates?.servers.right,
  ): Promise<Polling | undefined> {
    if (server.kind === 'external') return undefined;
    const fixed = typeof address === 'object' ? address.fixed : undefined;
    if (fixed !== undefined) await this.#pollings.at(-1)?.[Symbol.asyncDispose]();
    const opened = await openPolling(server.address, { at: fixed, shown });
    this.#pollings.push(opened);
    return opened;
  }

  /** The one launch that all checks share which only look; started at the first call, perhaps never ready. */
  async shared(): Promise<Actor> {
    this.#shared ??= this.start({ yields: true });
    const begun = this.#shared;
    const actor = await begun;
    if (this.#turns !== undefined && actor.isLetGo) {
      if (this.#shared === begun) this.#shared = undefined;
      return this.shared();
    }
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
      this.#usual ??= await actor.readiness();
      await actor.ready();
    } catch (error) {
      throw new CouldNotJudge('the worker did not become ready: see startup.ready', { cause: error });
    }
    return actor;
  }

  /** Throws unless a shared launch became ready: starting more of the same would only repeat the wait. */
  async mustStart(): Promise<void> {
    await this.usual();
  }

  /** When the first shared launch was ready, and what it took until then. @throws {CouldNotJudge} when none became ready. */
  async usual(): Promise<Ready> {
    if (this.#usual === undefined) await this.worker();
    return this.#usual ?? { readyMs: 0, use: (await this.shared()).launch.cpu.use() };
  }

  /** Ends one launch. Was it the shared one, whoever asks next gets another. */
  async retire(actor: Actor): Promise<void> {
    // Where launches take turns, the next shared one may be waiting for the end of this: who asks for it looks whether it has been let go.
    if (this.#turns === undefined && this.#shared !== undefined && (await this.#shared) === actor) this.#shared = undefined;
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
      await Promise.all(this.all.map(({ site, post }) => site.end(post)));
      await Promise.all(this.#pollings.map((polling) => polling[Symbol.asyncDispose]()));
    }
  }
}

/** The contract of a worker that can be launched. @throws {CouldNotJudge} where it cannot. */
function launchable({ contract }: RunContext): Contract {
  if (contract === undefined) throw new CouldNotJudge('there is no contract, so nobody knows how to start the worker');
  const used = usedPlaceholders(contract);
  const untold = contract.temporal.taskQueues.find(({ name, from, fixed }) => !from && !fixed && !used.has(`queue.${name}`));
  if (untold !== undefined) throw new CouldNotJudge('the contract does not say how the worker is told its task queue ' +
    '(temporal.taskQueue: a variable, a --flag, or { fixed: NAME }), so it cannot be given one of its own');
  return contract;
}

export const launches = fixture(
  'launches', async (scope) => new Launches(scope, await scope.use(connections), await scope.use(endings)), (all) => all.close(),
);
