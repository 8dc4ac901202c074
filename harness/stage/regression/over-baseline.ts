import { limitsOf as defaultsOf, type Limit } from '../../judge/regression/limits.ts';
import { CheckFailed, CouldNotJudge } from '../../model/errors.ts';
import type { RegressionMetric } from '../../model/regression-metrics.ts';
import { noCost } from '../../system/cost/launch-cost.ts';
import { unfitSentence } from '../../system/cpu/contention.ts';
import { libc } from '../../system/processes/libc-linux.ts';
import type { CheckContext } from '../check-context.ts';
import { launches } from '../launches.ts';
import { warmBaseline } from '../pairs.ts';
import { becomeQuiet } from '../quiet.ts';
import type { RunContext } from '../run-context.ts';
import { fixture } from '../scope.ts';
import { failTogether } from '../together.ts';
import { pairOf } from './arms.ts';
import { readyRun, type ReadyRun } from './ready-run.ts';
import { ratesOf } from './regression.ts';
import { startSeries, type Decided, type Metric } from './series.ts';

/** What a contract may limit so. */
export type OverBaselineKey = 'cpuPercent' | 'wallPercent' | 'memoryPercent';

/** What of a launch is held against the source, by the keys of budgets.overBaseline. */
const reads: readonly {
  readonly key: OverBaselineKey; readonly metric: RegressionMetric; readonly of: (run: ReadyRun) => number | undefined;
}[] = [
  { key: 'cpuPercent', metric: 'cpu.ready', of: ({ cpuMs }) => cpuMs },
  { key: 'wallPercent', metric: 'wall.ready', of: ({ wallMs }) => wallMs },
  { key: 'memoryPercent', metric: 'memory.ready', of: ({ memoryBytes }) => memoryBytes },
];

/** The budgets that can be judged here, each as what is allowed beyond the source; a limit says how much beyond that must be caught. */
function metricsIn({ contract }: Pick<RunContext, 'contract'>): Metric<ReadyRun>[] {
  const given = contract?.budgets.overBaseline ?? {};
  const blind = noCost(libc) !== undefined;
  return reads.flatMap(({ key, metric, of }) => {
    const [percent, limit] = [given[key], defaultsOf({}).find((one) => one.metric === metric)];
    if (percent === undefined || limit === undefined || (blind && key === 'cpuPercent')) return [];
    return [{ limit: besideSource(limit), of: (run: ReadyRun) => of(run) ?? NaN, tolerance: percent / 100 }];
  });
}

/**
 * Frozen and from source are two programs: what must be caught beyond a budget is no less than this, in per cent. A test of a small change
 * would take long to believe in a large one.
 */
const leastPercent = 10;

function besideSource({ words: [name, more, less], percent, ...limit }: Limit): Limit {
  return { ...limit, percent: Math.max(percent, leastPercent), words: [name, `${more} than from source`, `${less} than from source`] };
}

/** The subject beside the worker from source, in pairs as beside the last release, until every budget is decided. */
const overBaseline = fixture('over baseline', async (scope): Promise<readonly Decided[]> => {
  const metrics = metricsIn(scope.run);
  await (await scope.use(launches)).mustStart();
  await scope.use(warmBaseline);
  await becomeQuiet(scope);
  const startMs = performance.now();
  const runReady = readyRun(scope, 'baseline');
  const pairs = await startSeries(
    (index) => pairOf(runReady, index), metrics, ratesOf(scope, metrics.length), () => performance.now() - startMs,
  );
  while (pairs.isOpen()) {
    scope.signal.throwIfAborted();
    await pairs.next();
  }
  return pairs.decided();
});

/**
 * Holds these metrics against what the contract allows beyond the source; nothing where it says nothing. `said` is what the check notes.
 * @throws {CheckFailed} where more is taken. @throws {CouldNotJudge} where that could not be decided, or nobody can look.
 */
export async function judgeOverBaseline(
  { run, use, note }: Pick<CheckContext, 'run' | 'use' | 'note'>, keys: readonly OverBaselineKey[], said: string,
): Promise<void> {
  const asked = reads.filter(({ key }) => keys.includes(key) && run.contract?.budgets.overBaseline[key] !== undefined);
  if (asked.length === 0) return;
  if (run.baseline === undefined) throw new CouldNotJudge('budgets.overBaseline needs the worker from source (--baseline)');
  const all = await use(overBaseline);
  const own = all.filter(({ limit: { metric } }) => asked.some((one) => one.metric === metric));
  note([said, ...own.map(({ decision: { sentence } }) => sentence)].filter((text) => text !== '').join('; '));
  failTogether(own.filter(({ decision: { outcome } }) => outcome === 'fail').map(({ limit, decision: { sentence } }) => new CheckFailed(
    `beside the worker from source: ${sentence}`, {
      expected: `no more than budgets.overBaseline.${limit.key} of the contract allows`, got: sentence,
      remedy: `look at what the executable does beside the source when it starts, or raise budgets.overBaseline.${limit.key}`,
    },
  )));
  const open = own.filter(({ decision: { outcome } }) => outcome === 'inconclusive');
  const blind = asked.some(({ metric }) => own.every(({ limit }) => limit.metric !== metric)) ? noCost(libc)?.reason : undefined;
  const unfit = unfitSentence(open.flatMap(({ contention = [] }) => contention));
  const why = [...open.map(({ decision: { sentence } }) => sentence), ...[blind, unfit].filter((text) => text !== undefined)];
  if (why.length > 0) throw new CouldNotJudge(`beside the worker from source: ${why.join('; ')}`);
}
