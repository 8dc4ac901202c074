import { CouldNotJudge, messageOf } from '../../model/errors.ts';
import { sdkOf } from '../../temporal/history.ts';
import type { Actor, Plan } from '../actor.ts';
import { drive, type Driven } from '../drive.ts';
import { endings } from '../endings.ts';
import { compare } from '../expectation.ts';
import { launches } from '../launches.ts';
import { faultOf, type Arm } from '../regression/arms.ts';
import { previousOf } from '../regression/last-release.ts';
import { runOf, type Closed } from '../replay/closed.ts';
import { fixture, type Scope } from '../scope.ts';
import { probeUnknownTypes, type Asked } from '../unknown-types.ts';
import { lostTypes } from './lost-types.ts';
import { disown, goOn, startAfter, stopWhile, type Moved } from './moved.ts';
import { openables } from './openable.ts';
import { open } from './open.ts';
import { notReplayed, type NotReplayed } from './replayed.ts';

/** What became of the work of one release on the other one. */
export type Upgrade = {
  readonly from: Arm;
  /** The launch that went on with it, which runs. */
  readonly worker: Actor;
  readonly moved: readonly Moved[];
  /** Executions that ended on the release that began them, and what of them the other one does not replay. */
  readonly closed: readonly Closed[];
  readonly notReplayed: readonly NotReplayed[];
  /** What each of both says to register. */
  readonly types: Readonly<Record<Arm, readonly Asked[]>>;
  /** Executions that the last release does not bring to their end by itself, with what it does instead. */
  readonly without: readonly { readonly plan: Plan; readonly why: string }[];
};

const plansOf = ({ run: { contract } }: Scope): Plan[] => (contract?.executions ?? []).filter(({ workflow }) => workflow !== undefined);

/**
 * The last release is stopped while executions of it are open, and the executable goes on with them, on one server, in one namespace, on
 * the same task queues.
 */
export const forward = fixture('upgrade forward', async (scope): Promise<Upgrade> => {
  previousOf(scope.run);
  const all = await scope.use(launches);
  await all.mustStart();
  const old = await all.start({ variant: 'previous', keepsSite: true });
  try {
    await old.readiness();
  } catch (error) {
    throw scope.signal.aborted ? error : faultOf('previous', old.launch, 'become ready', error);
  }
  const driven = await driveAll(old, plansOf(scope));
  const without = driven.flatMap(({ plan, done }) => {
    const wrong = typeof done === 'string' ? done : compare(plan, done)?.sentence;
    return wrong === undefined ? [] : [{ plan, why: wrong }];
  });
  const [first] = without;
  if (first !== undefined && without.length === driven.length) {
    throw new CouldNotJudge(`the last release (--previous) does not bring "${first.plan.name}" to its end: ${first.why}`);
  }
  return await move(scope, old, { from: 'previous', driven, without });
});

/** The way back: what the executable has begun is gone on with by the last release. */
export const back = fixture('upgrade back', async (scope): Promise<Upgrade> => {
  const { worker, without, types } = await scope.use(forward).catch((cause: unknown) => {
    throw new CouldNotJudge(`there was no way to the executable, so none leads back: ${messageOf(cause)}`, { cause });
  });
  const gone = workflowsGone(types.previous, types.subject);
  const plans = plansOf(scope).filter((plan) => !without.some((one) => one.plan === plan) && !gone.has(plan.workflow ?? ''));
  if (plans.length === 0) throw new CouldNotJudge('the executable has no workflow that the last release has, so nothing leads back');
  return await move(scope, worker, { from: 'subject', driven: await driveAll(worker, plans), without });
});

const workflowsGone = (before: readonly Asked[], after: readonly Asked[]): ReadonlySet<string> => (
  new Set(lostTypes(before, after).flatMap(({ kind, type }) => (kind === 'workflow' ? [type] : [])))
);

type Drive = { readonly plan: Plan; readonly done: Driven | string };

async function driveAll(actor: Actor, plans: readonly Plan[]): Promise<Drive[]> {
  const all: Drive[] = [];
  for (const plan of plans) {
    const done = await drive(actor, plan).catch(messageOf);
    all.push({ plan, done });
  }
  return all;
}

type Begun = Pick<Upgrade, 'from' | 'without'> & { readonly driven: readonly Drive[] };

async function move(scope: Scope, old: Actor, { from, driven, without }: Begun): Promise<Upgrade> {
  const { signal, use } = scope;
  const [all, ended] = [await use(launches), await use(endings)];
  const well = driven.flatMap(({ plan, done }) => (typeof done !== 'string' && compare(plan, done) === undefined ? [{ plan, done }] : []));
  const own = await probeUnknownTypes(old);
  const by = ended.promised.inFlight === 'retry' ? 'turn' : 'order';
  const opened = await open(old, openables(well.map(({ plan }) => plan)), by, signal);
  const left = await stopWhile(opened, old, ended, signal);
  const worker = await startAfter(old, all, from === 'previous' ? 'subject' : 'previous');
  try {
    for (const { plan } of well) await worker.host(plan);
    const others = await probeUnknownTypes(worker);
    // Nobody ever takes up what is of a type that is gone.
    const gone = workflowsGone(own, others);
    const isHad = ({ plan }: { readonly plan: Plan }): boolean => !gone.has(plan.workflow ?? '');
    for (const one of left) if (!isHad(one)) await one.handle.terminate('its type is gone').catch(() => {});
    const moved = await goOn(worker, left.filter(isHad), signal);
    const closed = well.filter(isHad).flatMap(({ plan, done }) => {
      const run = runOf(done.events);
      return run === undefined ? [] : [{ ...run, plan: plan.name }];
    });
    const types = from === 'previous' ? { previous: own, subject: others } : { previous: others, subject: own };
    const sdk = well.map(({ done }) => sdkOf(done.events)).find((one) => one !== undefined);
    const bad = await notReplayed(worker, closed, well.map(({ plan }) => plan), { sdk, signal });
    return { from, worker, moved, closed, notReplayed: bad, types, without };
  } finally {
    if (from === 'previous') disown(old, worker);
    else disown(worker, old);
  }
}

