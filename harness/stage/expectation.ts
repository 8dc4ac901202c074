import { matches } from '../contract/matchers.ts';
import type { Difference } from '../model/errors.ts';
import { exactText } from '../model/exact-json.ts';
import type { Ending } from '../temporal/execute.ts';
import type { SeenFailure } from '../temporal/failure.ts';
import { expectedFailure, failureDifference } from './expected-failure.ts';
import type { Done, Plan } from './plan.ts';

/**
 * Compares how an execution went, and was answered on its way, with what the contract expects of it, with the execution's number in place
 * of `{n}`.
 * @returns a sentence and the difference, or undefined when all is as expected.
 */
export function compare(contracted: Plan, { ending, plan = contracted }: Pick<Done, 'ending'> & Partial<Done>): Wrong | undefined {
  const { misstep } = ending;
  const more = ending.kind === 'stuck' && ending.why !== misstep?.sentence ? `; ${ending.why}` : '';
  const said = misstep && { sentence: `${misstep.sentence}${more}`, difference: { expected: misstep.expected, got: misstep.got } };
  // One that ended too early for a message may say itself why.
  return misstep?.late === true ? endOf(plan, ending) ?? said : said ?? endOf(plan, ending);
}

type Wrong = { readonly sentence: string; readonly difference: Difference };

/** What is wrong with how an execution ended. */
function endOf(plan: Plan, ending: Ending): Wrong | undefined {
  const expected = describeExpected(plan);
  const wrong = (sentence: string, got: string): Wrong => ({ sentence, difference: { expected, got } });
  const { failure, result, cancelled } = plan.expect;
  switch (ending.kind) {
    case 'stuck':
      return withRemedy(wrong(`it did not end: ${ending.why}`, 'an execution that does not end'));
    case 'cancelled':
      return cancelled ? undefined : wrong('it ended as cancelled', 'cancelled');
    case 'completed': {
      const got = `completed with ${exactText(ending.result)}`;
      if (failure !== undefined || cancelled) return wrong(`it completed, but was to ${cancelled ? 'end as cancelled' : 'fail'}`, got);
      const path = differs(result, ending.result, 'result');
      return path === undefined ? undefined : wrong(`${path} is not as expected`, got);
    }
    default:
      return wrongFailure(plan, ending.failure, wrong);
  }
}

/** What is not the worker's may be somebody else's, who is not here. */
function withRemedy({ sentence, difference }: Wrong): Wrong {
  if (!sentence.includes('nobody polls for activities')) return { sentence, difference };
  return { sentence, difference: { ...difference, remedy: 'does the worker register it, and poll that task queue? An activity of another ' +
    'program has no one here: say what it answers (activities of the execution), and the harness stands in for it' } };
}

function wrongFailure(
  plan: Plan, seen: SeenFailure, wrong: (sentence: string, got: string) => Wrong,
): Wrong | undefined {
  const { failure } = plan.expect;
  // An activity's failure that has no type from the start has lost none.
  const lost = seen.type === undefined && plan.workflow !== undefined;
  const got = `failed: ${seen.chain.join(' ← ')}${lost ? ' (without a failure type)' : ''}`;
  if (failure === undefined) return wrong(`it failed: ${seen.chain.at(-1)}`, got);
  const difference = failureDifference(failure, seen);
  return difference === undefined ? undefined : wrong(difference, got);
}

function describeExpected({ expect: { failure, result, cancelled } }: Plan): string {
  if (cancelled) return 'an end as cancelled';
  return failure === undefined ? `completed with ${exactText(result)}` : expectedFailure(failure);
}

/**
 * The path of the first value that differs, undefined when there is none. Objects may have more keys than expected, so
 * that a contract names only what it promises; what a matcher stands for is as good as equal; everything else must be equal.
 */
export function differs(expected: unknown, got: unknown, path: string): string | undefined {
  if (Array.isArray(expected)) {
    if (!Array.isArray(got) || got.length !== expected.length) return path;
    return first(expected.map((item, index) => differs(item, got[index], `${path}.${index}`)));
  }
  if (isRecord(expected)) {
    const matched = matches(expected, got);
    if (matched !== undefined) return matched ? undefined : path;
    if (!isRecord(got)) return path;
    // What an object inherits is no part of it, though it be called "constructor".
    return first(Object.entries(expected).map(([key, value]) => (
      differs(value, Object.hasOwn(got, key) ? got[key] : undefined, `${path}.${key}`)
    )));
  }
  return Object.is(expected, got) ? undefined : path;
}

function first(paths: readonly (string | undefined)[]): string | undefined {
  return paths.find((path) => path !== undefined);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
