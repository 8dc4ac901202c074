/** What is compared between the last release and this one. More is worse in each: throughput is the time of an execution, 1 / rate. */
export const regressionMetrics = [
  'cpu.version', 'cpu.ready', 'wall.version', 'wall.ready', 'memory.ready', 'wall.stop', 'throughput.execution', 'latency.execution',
  'size.file', 'size.unpacked', 'faults.ready',
] as const;

/** One of them. */
export type RegressionMetric = (typeof regressionMetrics)[number];

const titles: Readonly<Record<RegressionMetric, string>> = {
  'cpu.version': 'CPU of --version', 'cpu.ready': 'CPU to ready', 'wall.version': 'time of --version', 'wall.ready': 'time to ready',
  'memory.ready': 'memory at ready', 'wall.stop': 'time to stop', 'throughput.execution': 'time of an execution among others',
  'latency.execution': 'time of an execution alone', 'size.file': 'size of the file', 'size.unpacked': 'size unpacked',
  'faults.ready': 'page faults to ready',
};

/** How a metric of a report is called as a heading; one that is not known here keeps its name. */
export function metricTitle(metric: string): string {
  return Object.entries(titles).find(([name]) => name === metric)?.[1] ?? metric;
}
