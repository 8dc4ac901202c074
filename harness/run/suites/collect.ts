import type { TestCase, TestModule } from 'vitest/node';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LocatedObservation } from '../../judge/root-causes.ts';
import { InfrastructureError, isExhausted, messageOf } from '../../model/errors.ts';
import type { CheckResult, Endurance, Measurement, MemoryCourse, RegressionDecision, StartUp } from '../../model/report.ts';

/** Everything that the suites found. */
export type Collected = {
  readonly checks: readonly CheckResult[];
  readonly observations: readonly Omit<LocatedObservation, 'source'>[];
  readonly measurements: readonly Measurement[];
  readonly decisions: readonly RegressionDecision[];
  readonly startUps: readonly StartUp[];
  readonly loadedAtStart?: readonly string[]; // by the baseline; absent where that was not recorded
  readonly memoryCourses: readonly MemoryCourse[];
  readonly endurance: Endurance | undefined;
  readonly errors: readonly string[]; // outside any check: a suite that cannot be loaded, a hook, an unhandled rejection
  readonly troubles: readonly string[]; // the same where it was the server, a service or the machine, each once
  readonly collision?: string; // what two launches at once collided at, so that the run was begun again
};

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Of several suites with checks of one kind, `--only` may leave some without any. A check that is owed and never ran is told anyway. */
const withoutTest = 'No test suite found in file';

/** Walks the test tree: to vitest a skipped test is a success, and an error after the end of a test belongs to no test. */
export function collect(modules: readonly TestModule[], unhandled: readonly unknown[]): Collected {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const groups = modules.flatMap((module) => [module, ...module.children.allSuites()]);
  const told = [...groups.flatMap((group) => group.errors()), ...unhandled].filter((error) => !messageOf(error).startsWith(withoutTest));
  const [troubles, errors] = [told.filter((error) => isTrouble(error)), told.filter((error) => !isTrouble(error))];
  const loadedAtStart = tests.flatMap((test) => test.meta().loadedAtStart ?? []);
  return {
    ...(loadedAtStart.length > 0 && { loadedAtStart }),
    checks: tests.flatMap((test) => checkOf(test) ?? []),
    observations: tests.flatMap((test) => observationsOf(test)),
    measurements: tests.flatMap((test) => test.meta().measurements ?? []),
    decisions: tests.flatMap((test) => test.meta().decisions ?? []),
    startUps: tests.flatMap((test) => test.meta().startUps ?? []),
    memoryCourses: courseOf(tests.flatMap((test) => test.meta().memoryPoint ?? [])),
    endurance: tests.flatMap((test) => test.meta().endurance ?? [])[0],
    errors: errors.map((error) => messageOf(error)),
    troubles: [...new Set(troubles.map(troubleOf))],
  };
}

/** Errors come out of a thread as plain data. */
function isTrouble(error: unknown): boolean {
  return isExhausted(error) || (typeof error === 'object' && error !== null && 'name' in error && error.name === InfrastructureError.name);
}

function troubleOf(error: unknown): string {
  return isExhausted(error) ? `${messageOf(error)}: make room, or raise the limits of this machine` : messageOf(error);
}

function observationsOf(test: TestCase): Collected['observations'] {
  const { check, observations = [] } = test.meta();
  return check === undefined ? [] : observations.map((observation) => ({ observation, checkId: check.id }));
}

/** Where a check is written, in frostgate's own repository; in another one the path would name nothing, or another file. */
function placeOf(test: TestCase): Pick<CheckResult, 'file' | 'line'> {
  if (relative(process.cwd(), root) !== '') return {};
  return { file: relative(root, test.module.moduleId), ...(test.location && { line: test.location.line }) };
}

function courseOf(points: MemoryCourse['points']): MemoryCourse[] {
  return points.length === 0 ? [] : [{ variant: 'subject', points: points.toSorted((a, b) => a.atMs - b.atMs) }];
}

function checkOf(test: TestCase): CheckResult | undefined {
  const { check } = test.meta();
  // A test without our mark never ran its body, for example because the run was cancelled before.
  if (check === undefined) return undefined;
  const { state, errors } = test.result();
  // It passed, and then what it had launched could not be ended, for example.
  const after = check.outcome === 'pass' && state === 'failed'
    ? { outcome: 'inconclusive' as const, reason: errors.map((error) => error.message).join('; ') }
    : {};
  return { ...check, ...after, durationMs: test.diagnostic()?.duration ?? 0, ...placeOf(test) };
}
