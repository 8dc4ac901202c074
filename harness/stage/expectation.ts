import type { Done, Plan } from './actor.ts';
import { matches } from '../contract/matchers.ts';
import type { Difference } from '../model/errors.ts';
import { exactText } from '../model/exact-json.ts';

/**
 * Compares how an execution went with what the contract expects of it, with the execution's number in place of `{n}`.
 * @returns a sentence and the difference, or undefined when all is as expected.
 */
export function compare(
  contracted: Plan, { ending, plan = contracted }: Pick<Done, 'ending'> & Partial<Done>,
): { sentence: string; difference: Difference } | undefined {
  const expected = describeExpected(plan);
  if (ending.kind === 'stuck') return {
    sentence: `it did not end: ${ending.why}`, difference: { expected, got: 'an execution that does not end' },
  };
  const { failure, result } = plan.expect;
  if (ending.kind === 'completed') {
    const got = `completed with ${exactText(ending.result)}`;
    if (failure !== undefined) return { sentence: 'it completed, but was to fail', difference: { expected, got } };
    const path = differs(result, ending.result, 'result');
    return path === undefined ? undefined : { sentence: `${path} is not as expected`, difference: { expected, got } };
  }
  const got = `failed: ${ending.failure.chain.join(' ← ')}${ending.failure.type === undefined ? ' (without a failure type)' : ''}`;
  if (failure === undefined) return { sentence: `it failed: ${ending.failure.chain.at(-1)}`, difference: { expected, got } };
  if (ending.failure.type !== failure.type) {
    return { sentence: `the failure has ${ending.failure.type === undefined ? 'no type' : `type "${ending.failure.type}"`}, expected ` +
      `"${failure.type}"`, difference: { expected, got } };
  }
  if (failure.nonRetryable !== undefined && failure.nonRetryable !== ending.failure.nonRetryable) {
    return { sentence: `the failure is ${ending.failure.nonRetryable ? 'non-retryable' : 'retryable'}`, difference: { expected, got } };
  }
  return undefined;
}

function describeExpected({ expect: { failure, result } }: Plan): string {
  if (failure === undefined) return `completed with ${exactText(result)}`;
  return 'a failure of type ' +
    `"${failure.type}"${failure.nonRetryable === undefined ? '' : failure.nonRetryable ? ', non-retryable' : ', retryable'}`;
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
