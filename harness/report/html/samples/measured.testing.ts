import { median, medianAbsoluteDeviation } from 'simple-statistics';
import type { Measurement, Report } from '../../../model/report.ts';

/** The measurements of a whole run, for tests alone. */
export function sampleMeasurements(): Measurement[] {
  return [
    measured('shutdown.sigterm.parent.idle', 'SIGTERM idle: time to stop', 'ms', 'subject', [229, 204, 183, 238, 418], 15_000),
    measured('shutdown.sigint.parent.idle', 'SIGINT idle: time to stop', 'ms', 'subject', [205, 262, 269, 154, 161], 15_000),
    measured(
      'shutdown.sigterm.parent.in-flight', 'SIGTERM in-flight: time to stop', 'ms', 'subject', [1118, 1090, 1102, 1136, 1283], 15_000,
    ),
    measured('performance.version', 'version command', 'ms', 'subject', [904, 823, 826, 914, 1003], 3000),
    measured('performance.version', 'version command', 'ms', 'baseline', [132, 104, 106, 133, 174]),
    measured('performance.version', '`poetry run` by itself', 'ms', 'manager', [834, 551, 549]),
    measured('performance.ready', 'start to ready', 'ms', 'subject', [1270, 1238, 1232, 1245, 1332], 10_000),
    measured('performance.ready', 'start to ready', 'ms', 'baseline', [601, 783, 527, 502, 480]),
    measured('performance.memory', 'memory after one execution', 'bytes', 'subject', [181e6, 182.4e6, 179.5e6, 183.8e6, 180.1e6], 400e6),
    measured('performance.memory', 'memory after one execution', 'bytes', 'baseline', [175.8e6, 174.1e6, 176.9e6, 177.2e6, 174.9e6]),
    measured('performance.disk', 'unpacked files', 'bytes', 'subject', [140_050_175, 140_050_175, 140_050_175], 400e6),
    measured('performance.disk', 'unpacked files', 'bytes', 'baseline', [0, 0, 0]),
  ];
}

/** Marks of five launches of the subject and five of the baseline. */
export function sampleStartUps(): Report['startUps'] {
  const names = ['unpacked', 'first import', 'first output', 'connected', 'ready'] as const;
  const subject = [[
    710, 741, 847, 1180, 1270,
  ], [720, 748, 841, 1160, 1238], [670, 701, 798, 1141, 1232], [700, 729, 824, 1155, 1245], [680, 713, 811, 1190, 1332]];
  const baseline = [[121, 520, 601], [134, 690, 783], [91, 441, 527], [88, 420, 502], [86, 402, 480]];
  const marks = (times: readonly number[]) =>
    times.map((atMs, index) => ({ name: names[index + names.length - times.length] ?? 'ready', atMs }));
  return [...subject.map((times) => ({ variant: 'subject' as const, marks: marks(times) })), ...baseline.map(
    (times) => ({ variant: 'baseline' as const, marks: marks(times) }),
  )];
}

/** A worker that grows with its first execution and then keeps its size. */
export function sampleMemory(): Report['memoryCourses'] {
  const points = Array.from({ length: 40 }, (_, index) => ({
    atMs: 1300 + index * 640,
    bytes: index < 6 ? 89_000_000 + index * 400_000 : Math.min(186_000_000, 172_000_000 + index * 900_000),
    after: index === 0 ? 'ready' : `check.number-${index}`,
  }));
  return [{ variant: 'subject', points }];
}

function measured(
  metric: string, title: string, unit: Measurement['unit'], variant: Measurement['variant'], samples: number[], limit?: number,
): Measurement {
  return { metric, title, unit, variant, samples, median: median(samples), spread: 1.4826 * medianAbsoluteDeviation(samples), ...(
    limit !== undefined && { limit }
  ) };
}
