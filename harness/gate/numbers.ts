import type { Report } from '../model/report.ts';
import { checkRows } from '../model/catalogue.ts';
import type { KeyNumber } from '../model/check-row.ts';
import { measurementOf } from '../report/performance-table.ts';
import type { KeyNumbers } from '../model/gate.ts';

/** The three numbers by which releases are compared: size in bytes, median start to ready in milliseconds, median memory in bytes. */
export function keyNumbers(report: Report): KeyNumbers {
  const numberOf = (key: KeyNumber) => checkRows.filter((row) => row.key === key).flatMap(({ id }) =>
    measurementOf(report, id, 'subject')?.median ?? report.checks.find((check) => check.id === id)?.value ?? []).at(-1);
  const [readyMs, memoryBytes] = [numberOf('readyMs'), numberOf('memoryBytes')];
  return {
    ...(report.subject !== null && { sizeBytes: report.subject.sizeBytes }),
    ...(readyMs !== undefined && { readyMs }),
    ...(memoryBytes !== undefined && { memoryBytes }),
  };
}
