import { isOneAtATime } from '../../contract/one-at-a-time.ts';
import { CouldNotJudge } from '../../model/errors.ts';
import type { Actor, Plan } from '../actor.ts';
import { batch, loadOf } from '../endurance/load.ts';
import { compare } from '../expectation.ts';
import { launches } from '../launches.ts';
import { fixture, type Scope } from '../scope.ts';
import { coin, faultOf, sharedOf, type Arm, type Pair } from './arms.ts';
import { inRounds, pairOfRounds, type Rounds, type Times } from './rounds.ts';

/** What an execution took, in milliseconds: by itself, and as one of several at once, whose time is divided by their number. */
export type WorkRun = { readonly aloneMs: number; readonly amongMs: number };

/**
 * The first executions import, compile and fill caches. A dozen pairs decide at the earliest, so one must be short, of slow executions too.
 */
const rounds = {
  warmUp: { least: 3, most: 3, mostMs: 0 }, alone: { least: 3, most: 20, mostMs: 4_000 }, among: { least: 3, most: 10, mostMs: 4_000 },
};
const severalOf = ({ concurrency = 5 }: Plan): number => Math.min(5, concurrency);

/** The execution whose time is compared: of those that can be repeated the one in which most has a part. */
export const comparedWork = fixture('compared work', async (scope): Promise<Plan> => {
  const { plans: [plan] } = await loadOf(await (await scope.use(launches)).worker(), scope.run.contract?.executions ?? []);
  if (plan === undefined) throw new CouldNotJudge('the contract has no execution that can be repeated');
  return plan;
});

/**
 * Launches both at once, and lets them work by turns, one execution of each in a round and then several: what else the machine does meets
 * both alike. One value for each launch: how it lies in memory is the same for all of its executions. Where two cannot run at once, one
 * works after the other.
 */
export function workPair(scope: Scope, plan: Plan): (index: number) => Promise<Pair<WorkRun>> {
  return async (index) => {
    const [order, { environment }] = [coin(), sharedOf(index)];
    const works: Work[] = [];
    for (const arms of isOneAtATime(scope.run.contract) ? order.map((arm) => [arm]) : [order]) {
      works.push(await workOf(scope, plan, arms, environment));
    }
    const pairFrom = (kind: keyof Work): Pair<number> => pairOfRounds(new Map(works.flatMap((work) => [...work[kind]])));
    const [alone, among] = [pairFrom('alone'), pairFrom('among')];
    const runOf = (arm: Arm): WorkRun => ({ aloneMs: alone[arm], amongMs: among[arm] / severalOf(plan) });
    return { subject: runOf('subject'), previous: runOf('previous') };
  };
}

/** What the rounds of some arms took. */
type Work = Readonly<Record<'alone' | 'among', Times>>;

async function workOf({ use }: Scope, plan: Plan, arms: readonly Arm[], environment: Readonly<Record<string, string>>): Promise<Work> {
  const all = await use(launches);
  const begun = new Map<Arm, Actor>();
  try {
    for (const arm of arms) begun.set(arm, await all.start({ variant: arm, environment }));
    for (const [arm, actor] of begun) await getReady(arm, actor);
    const work = async (size: number, of: Rounds): Promise<Times> => inRounds(arms, of, async (arm) => {
      const actor = begun.get(arm);
      if (actor !== undefined) await done(arm, actor, plan, size);
    });
    await work(severalOf(plan), rounds.warmUp);
    const taken = { alone: await work(1, rounds.alone), among: await work(severalOf(plan), rounds.among) };
    for (const { llm } of begun.values()) llm.forgetMany();
    return taken;
  } finally {
    for (const actor of [...begun.values()].toReversed()) await actor.dispose();
  }
}

async function getReady(arm: Arm, actor: Actor): Promise<void> {
  await actor.ready().catch((error: unknown) => {
    throw actor.signal.aborted ? error : faultOf(arm, actor.launch, 'become ready', error);
  });
}

/** Runs the execution so many times, all at once. @throws {CouldNotJudge} where one does not go well: its own check says why. */
async function done(arm: Arm, actor: Actor, plan: Plan, size: number): Promise<void> {
  for (const { plan: own, ending } of await batch(actor, plan, size)) {
    const wrong = compare(own, { ending });
    if (wrong === undefined) continue;
    const who = arm === 'previous' ? 'the last release (--previous)' : 'a launch beside the last release';
    throw new CouldNotJudge(`${who} did not do "${plan.name}" as it must, one of many: ${wrong.sentence}`);
  }
}
