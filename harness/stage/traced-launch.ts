import { lookup } from 'node:dns/promises';
import { join } from 'node:path';
import { fillIn } from '../contract/placeholders.ts';
import { CouldNotJudge, messageOf, NotLookedFor } from '../model/errors.ts';
import type { Places } from '../services/service.ts';
import { newMark } from '../system/processes/marks.ts';
import { commandsIn } from '../system/trace/doers.ts';
import { changesIn, type Change } from '../system/trace/files.ts';
import { missedIn } from '../system/trace/missed.ts';
import { networkOf, type Network } from '../system/trace/network.ts';
import { resolversHere } from '../system/trace/resolvers.ts';
import { readTrace } from '../system/trace/trace.ts';
import { takeTrace } from '../system/trace/take-trace.ts';
import { cameWithin } from '../system/wait.ts';
import type { Actor, Plan } from './actor.ts';
import { wentWell } from './drive.ts';
import { placeOf } from './given-places.ts';
import { endings } from './endings.ts';
import { showsMost } from './exercised.ts';
import { launches } from './launches.ts';
import { fixture, type Scope } from './scope.ts';
import { turns } from './turns.ts';
import { endpointsOf, type Allowed } from './undeclared-network.ts';

/** What one launch did from its start to its end, with some work between, as the system's calls tell it. */
export type TracedLaunch = {
  readonly actor: Actor;
  readonly network: Network;
  readonly changes: readonly Change[];
  /** Paths that it asked to open and that were not there. */
  readonly missed: readonly string[];
  /** The command line of every program that it started, however short it lived. */
  readonly commands: readonly string[];
  /** What it may talk to and listen on. */
  readonly allowed: Allowed;
  /** What its contract lets it write, placeholders filled in. */
  readonly writes: readonly string[];
  /** Why it did not come to work or did not end by itself, so that less was seen than should be; undefined where it did. */
  readonly cutShort: string | undefined;
};

/** A process that outlives the worker may still be about to write. */
const afterwardsMs = 2_000;

/**
 * One launch of the run that is watched call by call and never measured; it may overlap with others.
 * @throws {NotLookedFor} where there is no eye for it. @throws {CouldNotJudge} when there was one, and it did not see all of the launch.
 */
export const tracedLaunch = fixture('traced launch', async (scope): Promise<TracedLaunch> => {
  const blind = scope.run.eyes.syscalls;
  if (blind !== undefined) throw new NotLookedFor(blind);
  return (await scope.use(turns))(() => watched(scope));
});

/** @throws {CouldNotJudge} where less of the launch was seen than there should have been. */
export function mustBeWhole({ cutShort }: TracedLaunch): void {
  if (cutShort !== undefined) throw new CouldNotJudge(`the launch whose system calls are watched was cut short: ${cutShort}`);
}

async function watched(scope: Scope): Promise<TracedLaunch> {
  const { run: { run, contract } } = scope;
  const all = await scope.use(launches);
  // Before it starts: where two launches cannot run at once, nobody else works beside it.
  const [plans, shared] = [await plansOf(scope), await all.worker()];
  const file = join(run.folder, `${newMark()}.calls`);
  const actor = await all.start({ trace: file });
  const cutShort = await live(actor, scope, () => work(actor, plans, shared));
  const trace = readTrace(takeTrace(file));
  if (!trace.isWhole) {
    const launched = cutShort === undefined ? '' : `; of the launch is known: ${cutShort}`;
    throw new CouldNotJudge(`strace was there, but its trace of a launch has no beginning or no end${launched}`);
  }
  const commands = commandsIn(trace);
  for (const command of commands) actor.launch.tree.commands.add(command);
  const { cwd } = actor.launch.room;
  const filled = (entries: readonly string[] = []): string[] => (
    entries.map((entry) => fillIn(entry, (name) => placeOf(actor.places, name)))
  );
  const own = [actor.address, ...Object.values(actor.places.services).flatMap(addressesOf)];
  return {
    actor, network: networkOf(trace, cwd), changes: changesIn(trace, cwd), missed: missedIn(trace, cwd), commands, cutShort,
    writes: filled(contract?.writes),
    allowed: await allowedOf([...own, ...filled(contract?.connects)], filled(contract?.listens), actor),
  };
}

/** Lets a launch get ready, work and stop, and ends it. @returns why it did not come so far; undefined where it did. */
async function live(actor: Actor, { signal, use }: Scope, working: () => Promise<void>): Promise<string | undefined> {
  const { launch } = actor;
  try {
    await actor.ready();
    await working();
    const all = await use(endings);
    // In order, and not by force: the trace must have an end.
    const [first] = all.promised.signals;
    if (first !== undefined) await all.stop(launch, { signal: first, target: 'parent' });
    await cameWithin('the last process to end', () => !launch.isWatched() || undefined, { deadlineMs: afterwardsMs, signal });
    return undefined;
  } catch (error) {
    return messageOf(error);
  } finally {
    await actor.dispose();
  }
}

/** Drives what can be driven: of what cannot be on the shared worker either its own check tells. @throws when it is none. */
async function work(actor: Actor, plans: readonly Plan[], shared: Actor): Promise<void> {
  const failed: unknown[] = [];
  for (const plan of plans) {
    await actor.execute(plan).catch(async (error: unknown) => {
      if (await wentWell(shared, plan) !== undefined) throw error;
      failed.push(error);
    });
  }
  if (failed.length > 0 && failed.length === plans.length) throw failed[0];
}

async function allowedOf(connects: readonly string[], listens: readonly string[], { launch: { room } }: Actor): Promise<Allowed> {
  const called = endpointsOf(connects);
  return {
    connects: called, listens: endpointsOf(listens), resolvers: resolversHere(), folder: room.folder, lookedUp: await lookUp(called),
  };
}

/** Where a service listens, as far as it says. */
function addressesOf({ host, port, url }: Places): string[] {
  return [...(host === undefined || port === undefined ? [] : [`${host}:${port}`]), ...(url === undefined ? [] : [new URL(url).host])];
}

/** In full everything that the contract has, quick one execution, and those that go wrong: what they asked for may say why. */
async function plansOf({ run, use }: Scope): Promise<readonly Plan[]> {
  const all = run.contract?.executions ?? [];
  if (run.profile !== 'quick') return all;
  const most = await use(showsMost);
  const shared = await (await use(launches)).worker();
  const wrong: Plan[] = [];
  // Where not everything is verified, no execution is begun for this.
  for (const plan of run.only.length === 0 ? all : []) if (plan !== most && await wentWell(shared, plan) === undefined) wrong.push(plan);
  return [...(most === undefined ? [] : [most]), ...wrong];
}

/** The addresses of allowed hosts; none of a name that is unknown here. */
async function lookUp(connects: Allowed['connects']): Promise<Allowed['lookedUp']> {
  const hosts = [...new Set(connects.flatMap((one) => ('path' in one || one.host === undefined ? [] : one.host)))];
  const names = hosts.filter((host) => /[a-z]/i.test(host) && !host.includes('*') && !host.includes(':'));
  return new Map(await Promise.all(names.map(async (host) => {
    const found = await lookup(host, { all: true }).catch(() => []);
    return [host, found.map(({ address }) => address)] as const;
  })));
}
