import type { Report } from '../model/report.ts';
import { measurementOf } from '../report/performance-table.ts';
import type { KeyNumbers } from '../model/gate.ts';

/** The three numbers by which releases are compared: size in bytes, median start to ready in milliseconds, median memory in bytes. */
export function keyNumbers(report: Report): KeyNumbers {
  const median = (metric: string) =>
    measurementOf(report, metric, 'subject')?.median ?? report.checks.find(({ id }) => id === metric)?.value;
  const readyMs = median('performance.ready') ?? median('startup.ready');
  const memoryBytes = median('performance.memory');
  return {
    ...(report.subject !== null && { sizeBytes: report.subject.sizeBytes }),
    ...(readyMs !== undefined && { readyMs }),
    ...(memoryBytes !== undefined && { memoryBytes }),
  };
}
