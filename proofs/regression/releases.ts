import { median, quantile } from 'simple-statistics';
import { mostPairs, startDecision } from '../../harness/judge/regression/decide.ts';
import type { Decision } from '../../harness/judge/regression/decision.ts';
import { defaultLimits, sharedAlpha, type Limit } from '../../harness/judge/regression/limits.ts';
import { platforms } from '../../harness/model/platforms.ts';
import type { RegressionMetric } from '../../harness/model/regression-metrics.ts';
import { noisesOf, type Noise } from './noises.ts';
import { randomOf, type Random } from './random.ts';
import { recordedNoises } from './recorded-noise.ts';

/** Releases in which nothing has changed, each with every tested metric on every platform, as the gate decides about them. */
export type Releases = {
  readonly of: 'noise of known shapes' | 'recorded on a quiet machine' | 'recorded on a busy machine';
  /** By release: how many of its gates fail, and how many can't tell. */
  readonly releases: readonly { readonly fail: number; readonly inconclusive: number }[];
  readonly metrics: readonly MetricOutcome[];
};

export type MetricOutcome = {
  readonly metric: RegressionMetric;
  readonly gates: number;
  readonly fail: number;
  readonly inconclusive: number;
  readonly pairsMedian: number;
  readonly pairs95: number;
  /** How many intervals there were, and how many of them do not hold the truth: no change. */
  readonly intervals: number;
  readonly missed: number;
};

const tested = defaultLimits.filter(({ decidedBy }) => decidedBy === 'test');
const alpha = sharedAlpha(tested.length, platforms.length);

/** What previous takes in the unit of the limit, and the noise of a pair: the reference worker on a machine that is fit. */
const typical: Readonly<Partial<Record<RegressionMetric, readonly [value: number, sd: number]>>> = {
  'cpu.version': [800, 0.04], 'cpu.ready': [1_600, 0.04], 'wall.version': [900, 0.08], 'wall.ready': [2_000, 0.08],
  'memory.ready': [170e6, 0.017], 'wall.stop': [250, 0.08], 'throughput.execution': [20, 0.05], 'latency.execution': [60, 0.05],
};

/**
 * Simulates so many releases; the same seed gives the same. Of memory no noise was recorded, nor of executions, which both work by turns:
 * they have that of known shapes.
 */
export function simulateReleases(of: Releases['of'], count: number, seed: string): Releases {
  const random = randomOf(seed, 'releases', of);
  const gates = tested.flatMap((limit) => {
    const [value, sd] = typical[limit.metric] ?? [1_000, 0.05];
    const machine = of === 'noise of known shapes' ? undefined : of === 'recorded on a quiet machine' ? 'quiet' : 'busy';
    const isRecorded = machine !== undefined && limit.unit === 'ms' && limit.key !== 'throughputPercent';
    const noises = isRecorded ? recordedNoises(limit.key === 'cpuPercent' ? 'CPU' : 'wall', machine) : noisesOf(sd);
    return platforms.map(() => ({ limit, value, noises }));
  });
  const made = Array.from({ length: count }, () => gates.map(({ limit, value, noises }) => (
    decisionOf(limit, value, noises[Math.floor(random() * noises.length)], random)
  )));
  return {
    of,
    releases: made.map((decisions) => ({ fail: countOf(decisions, 'fail'), inconclusive: countOf(decisions, 'inconclusive') })),
    metrics: tested.map(({ metric }) => outcomeOf(metric, made.flat().filter((decision) => decision.metric === metric))),
  };
}

function decisionOf(limit: Limit, value: number, noise: Noise | undefined, random: Random): Decision {
  if (noise === undefined) throw new TypeError('There is no noise to draw from: record some into proofs/regression/recorded.');
  const next = noise.begin(random);
  const [, warmUp] = next();
  const { add, decision } = startDecision({
    limit, alpha, previousAtWarmUp: value * Math.exp(warmUp), cap: { pairs: mostPairs, timeMs: Infinity },
  });
  const more = () => {
    const [first, last] = next();
    const [subject, previous] = random() < 0.5 ? [last, first] : [first, last];
    return add({ subject: value * Math.exp(subject), previous: value * Math.exp(previous), endedMs: 0 });
  };
  while (more());
  return decision();
}

function outcomeOf(metric: RegressionMetric, decisions: readonly Decision[]): MetricOutcome {
  const pairs = decisions.map((one) => one.pairs);
  const intervals = decisions.flatMap(({ intervalPercent }) => (intervalPercent === undefined ? [] : [intervalPercent]));
  return {
    metric, gates: decisions.length, fail: countOf(decisions, 'fail'), inconclusive: countOf(decisions, 'inconclusive'),
    pairsMedian: median(pairs), pairs95: quantile(pairs, 0.95),
    intervals: intervals.length, missed: intervals.filter(([low, high]) => low > 0 || high < 0).length,
  };
}

function countOf(decisions: readonly Decision[], outcome: Decision['outcome']): number {
  return decisions.filter((decision) => decision.outcome === outcome).length;
}
