import { mostPairs } from '../../judge/regression/decide.ts';
import { exactDecision } from '../../judge/regression/exact-decision.ts';
import { limitsOf, sharedAlpha, type Limit } from '../../judge/regression/limits.ts';
import type { RegressionMetric } from '../../model/regression-metrics.ts';
import type { StartUp } from '../../model/report.ts';
import { noCost } from '../../system/cost/launch-cost.ts';
import { libc } from '../../system/processes/libc-linux.ts';
import { launches } from '../launches.ts';
import { becomeQuiet } from '../quiet.ts';
import type { RunContext } from '../run-context.ts';
import { fixture, type Scope } from '../scope.ts';
import { pairOf, type Arm } from './arms.ts';
import { previousOf } from './last-release.ts';
import { readyRun, type ReadyRun } from './ready-run.ts';
import { startSeries, type Decided, type Metric, type Rates, type Series } from './series.ts';
import { versionRun, type VersionRun } from './version-run.ts';
import { comparedWork, workPair, type WorkRun } from './work-run.ts';

/** So long all pairs of a run may take together; what is undecided then stays so. */
const withinMs = 240_000;

/** Pairs of work are slow, and the contract asks for them: they have a time of their own, and leave none of the others undecided. */
const workWithinMs = 480_000;

const arms: readonly Arm[] = ['subject', 'previous'];

/** What each kind of run shows, by the names of the limits. */
type Reads<T> = Readonly<Partial<Record<RegressionMetric, (run: T) => number | undefined>>>;
const ofVersion: Reads<VersionRun> = {
  'cpu.version': ({ cpuMs }) => cpuMs, 'wall.version': ({ wallMs }) => wallMs,
};
const readsOfWork: Reads<WorkRun> = {
  'latency.execution': ({ aloneMs }) => aloneMs, 'throughput.execution': ({ amongMs }) => amongMs,
};
const ofReady: Reads<ReadyRun> = {
  'cpu.ready': ({ cpuMs }) => cpuMs, 'wall.ready': ({ wallMs }) => wallMs, 'memory.ready': ({ memoryBytes }) => memoryBytes,
  'wall.stop': ({ stopMs }) => stopMs,
};

/** What came of all pairs. */
export type Regression = {
  readonly decided: readonly Decided[];
  /** How both started, a launch each: of the first pairs, which show it as well as all. */
  readonly starts: readonly StartUp[];
};

/** So many pairs' starts are kept. */
const mostStarts = 30;

/**
 * The subject beside the last release, in adjacent pairs with nothing else running, until every metric is decided or the pairs or the time
 * are at their end; the version command and whole launches by turns, then work.
 * @throws {CouldNotJudge} where both are the same, or the last release is broken. @throws {CheckFailed} where the subject crashes.
 */
export const regression = fixture('regression', async (scope): Promise<Regression> => {
  const previous = previousOf(scope.run);
  await (await scope.use(launches)).mustStart();
  const limits = limitsIn(scope.run);
  // Where nothing can be compared, the check of that is told.
  const work = limits.some(({ metric }) => metric in readsOfWork) ? await scope.use(comparedWork).catch(() => undefined) : undefined;
  await becomeQuiet(scope);
  const elapsedMs = sinceNow();
  const { interface: { version } = {}, regression: { tolerance: percent = 0 } = {} } = scope.run.contract ?? {};
  const tolerance = percent / 100;
  const [early, late] = [version === undefined ? [] : metricsOf(ofVersion, limits, tolerance), metricsOf(ofReady, limits, tolerance)];
  const among = work === undefined ? [] : metricsOf(readsOfWork, limits, tolerance);
  const rates = ratesOf(scope, early.length + late.length + among.length);
  // First what both say of themselves: another worker is not worth waiting for.
  const runVersion = version && versionRun(scope, version, previous.binary);
  const asked = runVersion && await startSeries((index) => pairOf(runVersion, index), early, rates, elapsedMs);
  const runReady = readyRun(scope);
  const ready = await startSeries((index) => pairOf(runReady, index), late, rates, elapsedMs);
  const quick: readonly Series[] = [ready, ...(asked ? [asked] : [])];
  await decideByTurns(quick, scope.signal);
  const ratesOfWork = { ...rates, cap: { ...rates.cap, timeMs: workWithinMs } };
  const worked = work && await startSeries(workPair(scope, work), among, ratesOfWork, sinceNow());
  if (worked) await decideByTurns([worked], scope.signal);
  return {
    decided: [
      ...[...quick, ...(worked ? [worked] : [])].flatMap((series) => series.decided()),
      ...limits.flatMap((limit) => exact(limit, ready.pairs)),
    ],
    starts: ready.pairs.slice(0, mostStarts).flatMap((pair) => arms.map((variant) => ({ variant, marks: pair[variant].marks }))),
  };
});

/** A clock that begins now, in milliseconds. */
function sinceNow(): () => number {
  const startMs = performance.now();
  return () => performance.now() - startMs;
}

/** One more pair of each, until none wants another. */
async function decideByTurns(all: readonly Series[], signal: AbortSignal): Promise<void> {
  for (let open = all; open.length > 0; open = open.filter((series) => series.isOpen())) {
    for (const series of open) {
      signal.throwIfAborted();
      await series.next();
    }
  }
}

/** The limits of the contract; CPU is left out where it cannot be told exactly. */
export function limitsIn({ contract }: Pick<RunContext, 'contract'>): readonly Limit[] {
  const { cpuPercent, wallPercent, memoryPercent, stopPercent, throughputPercent, sizePercent, diskPercent } = contract?.regression ?? {};
  const all = Object.entries({
    cpuPercent, wallPercent, memoryPercent, stopPercent, throughputPercent, sizePercent, diskPercent,
  });
  const given = Object.fromEntries(all.filter((entry): entry is [string, number] => entry[1] !== undefined));
  const blind = noCost(libc) !== undefined;
  return limitsOf(given).filter(({ metric }) => !(blind && metric.startsWith('cpu.')));
}

export function ratesOf({ run: { contract } }: Scope, tests: number): Rates {
  return {
    alpha: sharedAlpha(tests, contract?.platforms.length ?? 1), cap: { pairs: mostPairs, timeMs: withinMs },
  };
}

function metricsOf<T>(of: Reads<T>, limits: readonly Limit[], tolerance: number): Metric<T>[] {
  return limits.flatMap((limit) => {
    const read = of[limit.metric];
    return read === undefined ? [] : [{ limit, of: (run: T) => read(run) ?? NaN, tolerance }];
  });
}

/** What hardly varies, of every pair. Of what unpacks nothing there are no bytes: one byte stands for none. */
const exactOfReady: Reads<ReadyRun> = {
  'size.unpacked': ({ diskBytes }) => Math.max(1, diskBytes), 'faults.ready': ({ pageFaults }) => pageFaults,
};

function exact(limit: Limit, pairs: Series<ReadyRun>['pairs']): Decided[] {
  const of = (arm: 'subject' | 'previous'): number[] => pairs.flatMap((pair) => exactOfReady[limit.metric]?.(pair[arm]) ?? []);
  const [subject, previous] = [of('subject'), of('previous')];
  return subject.length === 0 ? [] : [{ limit, decision: exactDecision(limit, subject, previous), subject, previous }];
}
