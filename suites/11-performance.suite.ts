import { measureManager } from '../harness/baselines/baseline.ts';
import { CheckFailed, CouldNotJudge, NotLookedFor } from '../harness/model/errors.ts';
import { pairsOf } from '../harness/model/repeats.ts';
import { summarise } from '../harness/stage/summary.ts';
import { check } from '../harness/stage/check.ts';
import type { CheckContext } from '../harness/stage/check-context.ts';
import { amountOf } from '../harness/stage/endurance/amount.ts';
import { NotApplicable } from '../harness/stage/outcome.ts';
import { pairs as measuredPairs, type Sample, type Taken } from '../harness/stage/pairs.ts';
import { judgeAlone, judgeCpu, judgeRegression, judgeThroughput, type Decided } from '../harness/stage/regression/judge-regression.ts';
import { judgeOverBaseline, type OverBaselineKey } from '../harness/stage/regression/over-baseline.ts';
import { runContext } from '../harness/stage/run-context.ts';
import { platformId } from '../harness/system/platform.ts';
import { failingInTurn } from '../harness/stage/together.ts';

const budgets = runContext().contract?.budgets ?? { versionSeconds: 3, readySeconds: 10, memoryMb: 400, diskMb: 400 };

type Metric = {
  readonly id: string;
  readonly title: string;
  readonly unit: 'ms' | 'bytes';
  readonly limit: number;
  readonly setting: string;
  readonly of: (sample: Sample) => number | undefined;
  /** For a time: what of it was not the worker's. */
  readonly taken?: (sample: Sample) => Taken | undefined;
  /** What it holds against the source, where the contract has budgets.overBaseline. */
  readonly overBaseline?: readonly OverBaselineKey[];
};

const metrics: readonly Metric[] = [
  {
    id: 'performance.version', title: 'version command', unit: 'ms', limit: budgets.versionSeconds * 1_000, setting: 'versionSeconds',
    of: ({ version }) => version?.ms, taken: ({ version }) => version,
  },
  {
    id: 'performance.ready', title: 'start to ready', unit: 'ms', limit: budgets.readySeconds * 1_000, setting: 'readySeconds',
    of: ({ ready }) => ready.ms, taken: ({ ready }) => ready, overBaseline: ['cpuPercent', 'wallPercent'],
  },
  {
    id: 'performance.memory', title: 'memory after one execution', unit: 'bytes', limit: budgets.memoryMb * 1e6, setting: 'memoryMb',
    of: ({ worked }) => worked?.memoryBytes, overBaseline: ['memoryPercent'],
  },
  {
    id: 'performance.disk', title: 'unpacked files', unit: 'bytes', limit: budgets.diskMb * 1e6, setting: 'diskMb',
    of: ({ worked }) => worked?.diskBytes,
  },
];

const shown = (value: number, unit: Metric['unit']): string =>
  (unit === 'ms' ? `${(value / 1000).toFixed(2)} s` : `${(value / 1e6).toFixed(0)} MB`);

/** What stood idle until now does its work first. */
const work = { launches: pairsOf(runContext()).all * 4, executions: amountOf(runContext()).most };

for (const metric of metrics) {
  check(metric.id, (context) => {
    let said = '';
    const note = (text: string): void => {
      said = text;
      context.note(text);
    };
    if (isEmulated(metric)) return judge(metric, { ...context, note });
    return failingInTurn(
      () => judge(metric, { ...context, note }), () => judgeRegression(context, tellOf(context, metric)),
      () => judgeOverBaseline(context, metric.overBaseline ?? [], said),
    );
  }, { work });
}

if (runContext().previous !== undefined) {
  check('performance.cpu', (context) => unlessEmulated(() => judgeCpu(context)), { work });
  check('performance.stop', (context) => unlessEmulated(() => judgeAlone(context)), { work });
  check('performance.throughput', (context) => unlessEmulated(() => judgeThroughput(context)), { work });
}

/** What a program takes under an emulator is the emulator's; files are its own there, too. */
function isEmulated({ setting }: Pick<Metric, 'setting'>): boolean {
  return runContext().emulation !== undefined && setting !== 'diskMb';
}

async function unlessEmulated(judgeIt: () => Promise<void>): Promise<void> {
  if (runContext().emulation !== undefined) throw notThePlatforms();
  await judgeIt();
}

function notThePlatforms(): NotLookedFor {
  return new NotLookedFor(`${runContext().emulation?.by} ran it, and what it takes there says nothing of ${platformId()}: a run on such ` +
    'a machine looks for it');
}

/** Where both are the same number, the last release's stands in the table too; memory and disk of a report are those after work. */
function tellOf({ measured }: CheckContext, { id, title, unit }: Metric) {
  return (decided: readonly Decided[]): void => {
    if (unit !== 'ms') return;
    for (const { previous } of decided) measured(summarise({ metric: id, title, unit, variant: 'previous', samples: [...previous] }));
  };
}

async function judge(
  { id, title, unit, limit, setting, of, taken }: Metric, { use, signal, measured, startedUp, note, value, compares }: CheckContext,
): Promise<void> {
  const pairs = await use(measuredPairs).catch((error: unknown) => {
    throw new CouldNotJudge(`the measurement did not succeed: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  });
  const samplesOf = (samples: readonly Sample[]): number[] => samples.flatMap((sample) => of(sample) ?? []);
  const samples = samplesOf(pairs.subject);
  if (samples.length === 0 && id === 'performance.version') throw new NotApplicable('the contract lists no interface.version');
  const [unmeasured = 'no launch could be measured'] = pairs.subject.flatMap(({ idleBecause }) => idleBecause ?? []);
  if (samples.length === 0) throw new CouldNotJudge(unmeasured);
  const subject = summarise({ metric: id, title, unit, variant: 'subject', samples, ...(isEmulated({ setting }) ? {} : { limit }) });
  compares(samples.length, 'samples');
  measured(subject);
  const fromSource = samplesOf(pairs.baseline);
  const baseline = fromSource.length > 0 ? summarise({ metric: id, title, unit, variant: 'baseline', samples: fromSource }) : undefined;
  if (baseline) measured(baseline);
  const isJudged = !isEmulated({ setting });
  value(subject.median, unit, isJudged ? limit : undefined);
  note(`${shown(subject.median, unit)}${baseline ? ` (baseline ${shown(baseline.median, unit)})` : ''}`);
  const { baseline: source, profile } = runContext();
  const byManager = id === 'performance.version' && profile !== 'quick' ? source : undefined;
  const manager = byManager && await measureManager(byManager, pairsOf(runContext()).working, signal);
  const byItself = manager && { title: `\`${manager.words}\` by itself`, samples: manager.samplesMs };
  if (byItself) measured(summarise({ metric: id, unit, variant: 'manager', ...byItself }));
  if (id === 'performance.ready') for (const { variant, marks } of [...pairs.subject, ...pairs.baseline]) startedUp({ variant, marks });
  if (!isJudged) throw notThePlatforms();
  if (subject.median <= limit) return;
  const times = pairs.subject.flatMap((sample) => taken?.(sample) ?? []);
  const own = times.map(({ ms, excusedMs }) => ms - excusedMs);
  if (own.length > 0 && summarise({ metric: id, title, unit, variant: 'subject', samples: own }).median <= limit) {
    throw new CouldNotJudge(`${title}: the median is ${shown(subject.median, unit)}, the limit is ${shown(limit, unit)}, but ` +
      times.map(({ why }) => why).join('; '));
  }
  throw new CheckFailed(`${title}: the median of ${samples.length} launches is ${shown(subject.median, unit)}, the limit is ` +
    shown(limit, unit), {
    expected: `at most ${shown(limit, unit)}`,
    got: `${shown(subject.median, unit)} (+${shown(subject.median - limit, unit)}); samples ` +
      samples.map((sample) => shown(sample, unit)).join(', '),
    remedy: `make it lighter, or raise budgets.${setting} in the contract`,
  });
}
