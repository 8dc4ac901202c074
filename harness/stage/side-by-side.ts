import { CheckFailed, CouldNotJudge } from '../model/errors.ts';
import { exactText } from '../model/exact-json.ts';
import { excusedMs, waitedSentence } from '../system/cpu/cpu-use.ts';
import { seconds, waitFor, WaitFailed } from '../system/wait.ts';
import { spansOf } from '../temporal/history.ts';
import { isPosted, type Post } from '../temporal/post.ts';
import type { Actor, Begun, Done, Plan } from './actor.ts';
import type { Differing } from './differing.ts';
import { compare } from './expectation.ts';

/** Executions that were begun at once; `peak` is how many were seen in the middle of an activity at the same time. */
export type Round = {
  readonly done: readonly Done[]; readonly peak: number; readonly lastedMs: number;
  /** Says that they did not get there only for want of a CPU. */
  readonly excuse: string | undefined;
};

/** How answers come: held back and then in the order of the requests, or the last one first; or as they are asked for. */
export type Answers = 'first' | 'last' | 'at once';

export type Holding = {
  readonly answers: Answers;
  readonly heldMs: number;
  /** So many are enough: a worker need not have room for more. */
  readonly enough?: number;
};

/** One of them; without a number it cannot be told from others at the model. */
export type Single = { readonly plan: Plan; readonly number?: number };

/**
 * Begins executions at the same time. Their answers are held back until all of them wait for the model, or have ended, or for `heldMs`:
 * then they are all in the middle of an activity.
 */
export async function atOnce(actor: Actor, plans: readonly Single[], { answers, heldMs, enough = Infinity }: Holding): Promise<Round> {
  const { llm, launch } = actor;
  const asking = plans.filter(({ plan }) => plan.llm.length > 0).length;
  const startMs = performance.now();
  if (answers !== 'at once' && asking > 0) llm.hold();
  let [peak, over] = [0, 0];
  try {
    const begun = await Promise.all(plans.map(({ plan, number }) => (
      actor.begin(plan, number === undefined ? { by: 'turn' } : { number })
    )));
    const finishing = begun.map((handle) => finished(actor, handle, () => (over += 1)));
    const all = (): true | undefined => {
      peak = Math.max(peak, llm.waiting);
      return peak >= Math.min(asking, enough) || over + llm.waiting >= plans.length || undefined;
    };
    const wait = { deadlineMs: heldMs, everyMs: 5, stretch: launch.cpu.stretch() };
    const late = answers !== 'at once' && asking > 0
      ? await waitFor('all of them to ask the model', all, wait).then(() => undefined, ranOut) : undefined;
    llm.release(answers === 'last' ? 'last' : 'first');
    const done = await Promise.all(finishing);
    const lastedMs = performance.now() - startMs;
    const starved = done.find(({ use }) => use && excusedMs(use) > lastedMs / 2)?.use;
    return {
      done, lastedMs, peak: asking > 0 ? peak : overlap(done, actor.post), excuse: late ?? (starved && waitedSentence(starved)),
    };
  } finally {
    llm.release();
  }
}

const finished = async (actor: Actor, handle: Begun, then: () => void): Promise<Done> => {
  try {
    return await actor.finish(handle);
  } finally {
    then();
  }
};

/** The excuse, if the wait has one. @throws what did not just take its time. */
function ranOut(error: unknown): string | undefined {
  if (!(error instanceof WaitFailed) || (error.kind !== 'deadline' && error.kind !== 'machine')) throw error;
  return error.kind === 'machine' ? error.message : undefined;
}

/** How many of these executions had an activity on a worker of these queues at the same time, as the server's times tell. */
function overlap(done: readonly Done[], post: Post): number {
  const spans = done.map(({ events }) => spansOf(events, (taskQueue) => isPosted(post, taskQueue)));
  const moments = spans.flat().map(({ fromMs }) => fromMs);
  return Math.max(0, ...moments.map((at) => spans.filter((own) => own.some(({ fromMs, toMs }) => fromMs <= at && at < toMs)).length));
}

/** Executions that did not go as expected beside others, though each does alone. */
export type Wrong = {
  readonly failure: CheckFailed;
  readonly done: readonly Done[];
  /** All that ran at once, also those that went well. */
  readonly round: readonly Done[];
  /** Each ended well, but something of it was tried again that nobody planned. */
  readonly isRetried?: true;
  /** One was given what is another's. */
  readonly isMixedUp: boolean;
};

/** `all` are the executions of the worker so far, whose answers one of these may have been given; undefined where each went well. */
export function wrongAnswers({ done }: Pick<Round, 'done'>, what: string, all: readonly Done[]): Wrong | undefined {
  const wrong = done.flatMap((each) => {
    const difference = each.plan && compare(each.plan, each);
    return difference === undefined ? [] : [{ each, difference, owner: ownerOf(each, all) }];
  });
  const [first] = wrong;
  if (first === undefined) return undefined;
  const kinds = [...Map.groupBy(wrong, ({ owner, difference }) => (owner === undefined ? difference.sentence : 'mixed up')).values()];
  const sentences = kinds.flatMap(([one]) => (one === undefined ? [] : `"${one.each.plan?.name}", number ${one.each.number}` +
    (one.owner === undefined ? `: ${one.difference.sentence}` : ` was given what is number ${one.owner}'s`)));
  return {
    failure: new CheckFailed(`${wrong.length} of ${done.length} ${what} went wrong: ${sentences.slice(0, 3).join('; ')}`, {
      ...first.difference.difference, remedy: crosstalkRemedy,
    }),
    done: wrong.map(({ each }) => each), round: done, isMixedUp: wrong.some(({ owner }) => owner !== undefined),
  };
}

/** The number of that one whose answer this one was given. */
function ownerOf({ ending, number: own }: Done, all: readonly Done[]): number | undefined {
  const told = exactText(ending) ?? '';
  return all.find(({ number }) => number !== undefined && number !== own && told.includes(String(number)))?.number;
}

const crosstalkRemedy = 'each goes well alone: keep what belongs to one execution in its own arguments and local variables, not in a ' +
  'module variable, a shared client, a file in the working directory, or a cache whose key leaves something out';

/** Shorter activities need not overlap, whatever the worker promises. */
const seenMs = 500;

/**
 * Whether as many were at it at once as the contract promises; undefined when they were, else why that could not be seen.
 * @throws {CheckFailed} when they were not, {CouldNotJudge} when that was for want of a CPU.
 */
export function judgeOverlap({ plan, alone }: Differing, round: Round, post: Post): string | undefined {
  const { concurrency: promised = 1, activities = {} } = plan;
  if (Object.values(activities).some(({ queue }) => queue === undefined)) {
    return 'whether they overlap was not looked for: the worker hosts no activity, the harness stands in for them';
  }
  const count = round.done.length;
  const spans = spansOf(alone.events, (taskQueue) => isPosted(post, taskQueue));
  const longestMs = Math.max(0, ...spans.map(({ fromMs, toMs }) => toMs - fromMs));
  const short = plan.llm.length === 0 && longestMs < seenMs;
  const usedMs = Math.max(0, ...round.done.map(({ use }) => use?.usedMs ?? 0));
  // A lock inside an activity: the server sees all of them start, and end one after the other.
  const inTurn = plan.llm.length === 0 && round.lastedMs > serial * count * longestMs && usedMs < round.lastedMs / 2;
  if (short) return 'whether they overlap was not looked for: no activity takes long enough';
  if (round.peak >= promised && !inTurn) return undefined;
  const seen = inTurn ? 1 : round.peak;
  if (round.excuse !== undefined) throw new CouldNotJudge(`${seen} of ${promised} were seen at work at once, but ${round.excuse}`);
  const found = `${seen} ${seen === 1 ? 'was' : 'were'} seen at work at once`;
  throw new CheckFailed(`it promises ${promised} of "${plan.name}" at once, and ${found}`, {
    expected: `${promised} of ${count} in the middle of an activity at the same time (concurrency of the contract)`,
    got: `${seen} at the same time${inTurn ? `: ${count} at once took ${seconds(round.lastedMs)}, one takes ${seconds(longestMs)}` : ''}`,
    remedy: 'look for a lock, a blocking call in an async activity, a pool or max_concurrent_activities that is too small; or promise ' +
      'what it does: concurrency in the contract',
  });
}

/** So much of the time that they would take one after the other is no overlap. */
const serial = 0.8;
