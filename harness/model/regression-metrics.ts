/** What is compared between the last release and this one. More is worse in each: throughput is the time of an execution, 1 / rate. */
export const regressionMetrics = [
  'cpu.version', 'cpu.ready', 'wall.version', 'wall.ready', 'memory.ready', 'wall.stop', 'throughput.execution', 'latency.execution',
  'size.file', 'size.unpacked', 'faults.ready',
] as const;

/** One of them. */
export type RegressionMetric = (typeof regressionMetrics)[number];
