import { usualSeconds } from '../execution-schema.ts';
import type { Contract } from '../schema.ts';
import { slug } from '../slug.ts';
import { isLooser } from './expected.ts';
import { excepted, weaker, type Weakening } from './weakening.ts';

type Execution = Contract['executions'][number];
type Step = NonNullable<Execution['steps']>[number];

/** Executions that went, and those of which less is promised. They are told apart by their names, which give the checks their ids. */
export function weakerExecutions(was: Contract, is: Contract): Weakening[] {
  const now = new Map(is.executions.map((execution) => [execution.name, execution]));
  return was.executions.flatMap((execution) => {
    const other = now.get(execution.name);
    const path = `executions.${slug(execution.name)}`;
    return other === undefined ? weaker(true, path, kindOf(execution), undefined) : weakerExecution(path, execution, other);
  });
}

const kindOf = ({ workflow, activity, nexus }: Execution): string => workflow ?? activity ?? nexus?.operation ?? 'an execution';

function weakerExecution(path: string, was: Execution, is: Execution): Weakening[] {
  const [before, now] = [was.attempts ?? {}, is.attempts ?? {}];
  return [
    ...weaker(endOf(was) !== endOf(is) || isLooser(was.expect.result, is.expect.result) || isLooserFailure(was, is), `${path}.expect`,
      was.expect, is.expect),
    ...Object.entries(now).flatMap(([type, count]) => (
      weaker(count > (before[type] ?? 1), `${path}.attempts.${type}`, before[type] ?? 1, count)
    )),
    ...weaker((is.timeoutSeconds ?? usualSeconds) > (was.timeoutSeconds ?? usualSeconds), `${path}.timeoutSeconds`,
      was.timeoutSeconds ?? usualSeconds, is.timeoutSeconds),
    ...weaker((is.concurrency ?? Infinity) < (was.concurrency ?? 1), `${path}.concurrency`, was.concurrency, is.concurrency),
    ...weaker(is.concurrency === 1 && was.concurrency === undefined, `${path}.concurrency`, undefined, 1),
    ...weaker(isLooser(was.asks, is.asks), `${path}.asks`, was.asks, is.asks),
    ...excepted(`${path}.activities`, Object.keys(was.activities ?? {}), Object.keys(is.activities ?? {})),
    ...weakerSteps(path, was.steps ?? [], is.steps ?? []),
  ];
}

/** A result became a failure, or the other way round: nothing of the old promise is left. */
const endOf = ({ expect }: Execution): string => Object.keys(expect).filter((key) => key in expect).join(' ');

const isLooserFailure = ({ expect: { failure: was } }: Execution, { expect: { failure: is } }: Execution): boolean => (
  was !== undefined && is !== undefined && Object.keys(was).some((key) => !Object.hasOwn(is, key))
);

function nameOf({ query, update, signal }: Step): string {
  if (query !== undefined) return `query ${query}`;
  if (update !== undefined) return `update ${update}`;
  return signal === undefined ? 'cancel' : `signal ${signal}`;
}

/** Steps that are no longer taken, and answers of which less is promised. */
function weakerSteps(path: string, was: readonly Step[], is: readonly Step[]): Weakening[] {
  const left = [...is];
  return was.flatMap((step) => {
    const at = left.findIndex((other) => nameOf(other) === nameOf(step));
    const [other] = at < 0 ? [] : left.splice(at, 1);
    if (other === undefined) return weaker(true, `${path}.steps`, nameOf(step), undefined);
    return weaker(isLooser(step.expect, other.expect), `${path}.steps.${slug(nameOf(step))}`, step.expect, other.expect);
  });
}
