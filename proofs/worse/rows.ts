import type { RegressionMetric } from '../../harness/model/regression-metrics.ts';

/** A release beside the reference as the last one: what of fixtures/regressions it is, and what it loses. */
export type Row = {
  readonly name: string;
  /** The metrics of which one at least must be red. */
  readonly worse: readonly RegressionMetric[];
  /** What may be red besides, because it follows from that. */
  readonly following: readonly RegressionMetric[];
  /** Whether the contract asks for the time of executions: it takes minutes. */
  readonly ofWork?: true;
  /** What the decisions must say, by metric. */
  readonly says?: Readonly<Partial<Record<RegressionMetric, RegExp>>>;
};

export const rows: readonly Row[] = [
  { name: 'alike', worse: [], following: [], ofWork: true },
  { name: 'costly-start', worse: ['cpu.ready'], following: ['cpu.version', 'wall.ready', 'wall.version', 'memory.ready'] },
  { name: 'holds-more', worse: ['memory.ready'], following: [] },
  // What is larger takes longer to unpack, at each start.
  { name: 'one-more', worse: ['size.file'], following: ['size.unpacked', 'cpu.ready', 'cpu.version', 'wall.ready', 'wall.version'] },
  { name: 'slow-execution', worse: ['latency.execution'], following: ['throughput.execution'], ofWork: true },
  { name: 'slow-stop', worse: ['wall.stop'], following: [] },
  // costly-start is what was released last.
  { name: 'lighter-start', worse: [], following: [], says: {
    'cpu.ready': /^CPU to ready is [1-9]\d(?:\.\d)? % lower, /, 'wall.ready': /^ready is [1-9]\d(?:\.\d)? % faster, .*: pass after /,
  } },
];
