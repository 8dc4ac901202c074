import { CheckFailed, CouldNotJudge } from '../model/errors.ts';
import { seconds } from '../system/wait.ts';
import { spansOf, type ActivitySpan } from '../temporal/history.ts';
import { isPosted } from '../temporal/post.ts';
import { mustGoWell, wentWell } from './drive.ts';
import { launches } from './launches.ts';
import { NotApplicable } from './outcome.ts';
import { endsWell, type Held, type Plan } from './plan.ts';
import { fixture, type Scope } from './scope.ts';

/** A shorter activity may have ended before the signal has reached its worker. */
export const catchableMs = 500;

/** The longest activity of an execution when it was driven alone; undefined for one that runs none. */
export type Seen = { readonly plan: Plan; readonly longest: ActivitySpan | undefined };

/**
 * The execution whose activity is in flight at stops, which goes well alone: the one that the contract names, else one that asks the
 * model, whose answer can be held back, else the one whose activity was seen to take longest.
 * @throws {CouldNotJudge} when there is none, or every activity ends too quickly to be caught; it says what to add.
 */
export const held = fixture('held execution', async (scope): Promise<Held> => {
  const { executions = [], shutdown } = scope.run.contract ?? {};
  const { activities = [] } = scope.run.contract?.registers ?? {};
  if (activities.length === 0) throw new NotApplicable('the worker registers no activities, so none can be in flight');
  const completing = executions.filter(endsWell);
  if (completing.length === 0) throw new CouldNotJudge('the contract has no execution that is expected to complete, so no activity ' +
    'can be in flight');
  const named = completing.find(({ name }) => name === shutdown?.inFlightExecution);
  const worker = await (await scope.use(launches)).worker();
  const asking = (named === undefined ? completing : [named]).filter(({ llm }) => llm.length > 0);
  if (shutdown?.inFlight === 'none') throw promisedNone(await lookAt(scope, completing));
  for (const plan of asking) if (await wentWell(worker, plan)) return { plan };
  const seen = await lookAt(scope, named === undefined ? completing : [named]);
  return longestOf(seen, { withinMs: (shutdown?.withinSeconds ?? 0) * 1_000, named: named !== undefined });
});

/** What follows where the contract promises that no activity is long in flight: nothing to judge, or a broken promise. */
export function promisedNone(seen: readonly Seen[]): NotApplicable | CheckFailed {
  const spans = seen.flatMap(({ longest, plan }) => (longest === undefined ? [] : [{ ...longest, name: plan.name }]));
  const [long] = spans.toSorted((one, other) => lasted(other) - lasted(one)).filter((span) => lasted(span) >= catchableMs);
  const promise = `every activity ends within ${seconds(catchableMs)} (shutdown.inFlight: none)`;
  if (long === undefined) return new NotApplicable(`the contract promises that ${promise}, and each did`);
  return new CheckFailed(`activity ${long.type} of "${long.name}" took ${seconds(lasted(long))}`, {
    expected: promise, got: `${long.type} took ${seconds(lasted(long))}`, remedy: 'promise drain or retry in the contract instead',
  });
}

/** Those of these executions that go well alone, and how long their activities took. */
async function lookAt(scope: Scope, plans: readonly Plan[]): Promise<readonly Seen[]> {
  const actor = await (await scope.use(launches)).worker();
  const seen: Seen[] = [];
  for (const plan of plans) {
    const done = await wentWell(actor, plan);
    if (done === undefined) continue;
    const spans = spansOf(done.events, (taskQueue) => isPosted(actor.post, taskQueue))
      .toSorted((one, other) => lasted(other) - lasted(one));
    seen.push({ plan, longest: spans[0] });
  }
  const [first] = plans;
  if (seen.length === 0 && first !== undefined) await mustGoWell(actor, first);
  return seen;
}

const lasted = ({ fromMs, toMs }: ActivitySpan): number => toMs - fromMs;

/**
 * The one whose activity took longest, of those that can be done within the time of a stop while there are such; `named` says that the
 * contract names it.
 * @throws {CouldNotJudge} when none takes long enough.
 */
export function longestOf(seen: readonly Seen[], { withinMs, named }: { readonly withinMs: number; readonly named: boolean }): Held {
  const all = seen.flatMap(({ plan, longest }) => (longest === undefined ? [] : [{ plan, type: longest.type, ms: lasted(longest) }]))
    .toSorted((one, other) => other.ms - one.ms);
  const [first] = all;
  const more = 'add an execution to the contract whose activity takes a few seconds, or, where no activity does, promise ' +
    'shutdown.inFlight: none';
  const add = named ? `name another one there, or ${more}` : `${more} (shutdown.inFlightExecution can name it)`;
  const which = named ? `"${seen[0]?.plan.name}", which shutdown.inFlightExecution names,` : 'no execution that completes';
  if (first === undefined) throw new CouldNotJudge(`${which} runs ${named ? 'no' : 'an'} activity that could be in flight; ${add}`);
  if (first.ms < catchableMs) throw new CouldNotJudge('no activity takes long enough to be caught in flight: the longest one, ' +
    `${first.type} of "${first.plan.name}", took ${seconds(first.ms)}; ${add}`);
  const within = all.find(({ ms }) => ms >= catchableMs && ms < withinMs);
  const { plan, type, ms } = within ?? all.findLast(({ ms: longMs }) => longMs >= catchableMs) ?? first;
  return { plan, type, usualMs: ms };
}
