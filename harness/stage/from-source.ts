import { isOneAtATime } from '../contract/one-at-a-time.ts';
import { CheckFailed, CouldNotJudge } from '../model/errors.ts';
import { decodeEvents } from '../temporal/codec.ts';
import { faultsOf } from '../temporal/faults.ts';
import { historyText } from '../temporal/history.ts';
import type { Actor, Plan } from './actor.ts';
import { readyBaseline } from './baseline-fault.ts';
import type { CheckContext } from './check-context.ts';
import { wentWell } from './drive.ts';
import { isPlanned, sentenceOf } from './retries.ts';
import { fixture } from './scope.ts';
import { wrongAnswers, type Round, type Wrong } from './side-by-side.ts';

type Context = Pick<CheckContext, 'run' | 'use' | 'launch' | 'signal' | 'evidence'>;

/** The names of executions that nobody promised to run at once, and that go wrong beside others from source, too. */
const onlyAlone = fixture('executions that go well alone only', () => new Set<string>());

/** Executions of the contract; of those that go well alone only there is never more than one at once. */
export async function oneOfSpoilt({ use }: Pick<CheckContext, 'use'>, plans: readonly Plan[]): Promise<readonly Plan[]> {
  const alone = await use(onlyAlone);
  return plans.map((plan) => (alone.has(plan.name) ? { ...plan, concurrency: 1 } : plan));
}

/** What went wrong in a round of a worker, if only that something was tried again. */
export async function wrongIn(actor: Actor, round: Round, what: string): Promise<Wrong | undefined> {
  return wrongAnswers(round, what, actor.executions) ?? retriedAnswers(actor, round);
}

/** Executions that went well beside others, but not at the first attempt of an activity; undefined where each did. */
async function retriedAnswers({ client }: Actor, { done }: Pick<Round, 'done'>): Promise<Wrong | undefined> {
  const retried = await Promise.all(done.map(async (each) => {
    const run = { plan: each.plan };
    const fault = faultsOf(await decodeEvents(client, each.events)).find((found) => (
      found.what === 'activity' && found.late !== true && !isPlanned(run, found)
    ));
    return fault === undefined ? [] : [{ each, sentence: sentenceOf(run, fault) }];
  }));
  const [first] = retried.flat();
  return first && {
    failure: new CheckFailed(first.sentence), done: retried.flat().map(({ each }) => each), round: done, isMixedUp: false, isRetried: true,
  };
}

/**
 * What executions that went wrong beside others mean, after the same was tried from source with `again`: nobody promised that they may run
 * at once, and the executable does as its source does.
 * @returns that, in words; undefined where something was tried again only, which then a check of its own tells.
 * @throws {CheckFailed} where the source does better or cannot be asked, where a promise is broken, and where one was given what is
 * another's, which nobody may do; it says whose fault that is.
 */
export async function asFromSource(
  context: Context, actor: Actor, wrong: Wrong, again: (worker: Actor) => Promise<Round>,
): Promise<string | undefined> {
  const source = await wrongFromSource(context, wrong, again);
  const told = meaningOf(wrong, source);
  if (typeof told !== 'string') {
    if (wrong.isRetried) return undefined;
    for (const { number, events } of wrong.done.slice(0, 3)) {
      context.evidence(`history of number ${number}`, `history-${number}.json`, historyText(events));
    }
    throw told;
  }
  const alone = await context.use(onlyAlone);
  for (const { plan } of wrong.done) if (plan !== undefined) alone.add(plan.name);
  // What was tried again there is not held against it either.
  for (const { workflowId } of wrong.round) if (workflowId !== undefined) actor.started.set(workflowId, undefined);
  return told;
}

/** What it is that executions went wrong beside others, and what of the same went wrong from source: a failure, or nothing but a note. */
export function meaningOf(
  { failure, done, isMixedUp }: Omit<Wrong, 'round' | 'isRetried'>, source: Pick<Wrong, 'failure'> | undefined,
): CheckFailed | string {
  if (source === undefined) return failure;
  const isPromised = done.some(({ plan }) => (plan?.concurrency ?? 0) > 1);
  if (!isPromised && !isMixedUp) return `not promised (concurrency), and from source it is the same: ${failure.message}`;
  const whose = "from source it is the same: it is the worker's own fault and not the bundle's";
  return new CheckFailed(`${failure.message}; ${whose}`, failure.difference);
}

/** What goes wrong of the same on a launch of the baseline; undefined where all goes well there, or nobody can tell. */
async function wrongFromSource({ run, launch, signal }: Context, { done }: Wrong, again: (baseline: Actor) => Promise<Round>) {
  // Where launches take turns, the worker of the check would have to end first.
  if (run.baseline === undefined || isOneAtATime(run.contract)) return undefined;
  const baseline = await launch({ variant: 'baseline' });
  try {
    await readyBaseline(baseline, signal);
  } catch (error) {
    if (error instanceof CouldNotJudge) return undefined;
    throw error;
  }
  const plans = new Map(done.flatMap(({ plan }) => (plan === undefined ? [] : [[plan.name, planOf(run.contract?.executions, plan)]])));
  for (const plan of plans.values()) if (await wentWell(baseline, plan) === undefined) return undefined;
  // A race may be won.
  for (let round = 0; round < mostRounds; round += 1) {
    const found = await wrongIn(baseline, await again(baseline), 'executions at once');
    if (found !== undefined) return found;
  }
  return undefined;
}

const mostRounds = 3;

/** As it stands in the contract: what was begun has a number in it. */
function planOf(plans: readonly Plan[] = [], begun: Plan): Plan {
  return plans.find(({ name }) => name === begun.name) ?? begun;
}
