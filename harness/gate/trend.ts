import type { Report } from '../model/report.ts';
import { checkRows } from '../model/catalogue.ts';
import type { KeyNumber } from '../model/check-row.ts';
import type { KeyNumbers, Trend } from '../model/gate.ts';
import { measurementOf } from '../report/performance-table.ts';
import type { Release } from './release.ts';
import { shown } from './shown.ts';

type Point = Trend['series'][number]['points'][number];

/** More releases than this make neither a table nor a plot. */
const pointLimit = 30;

const metrics = [
  { metric: 'size', title: 'size of the executable', unit: 'bytes', key: 'sizeBytes' },
  { metric: 'ready', title: 'start to ready', unit: 'ms', key: 'readyMs' },
  { metric: 'memory', title: 'memory', unit: 'bytes', key: 'memoryBytes' },
] as const;

/** The three numbers by which releases are compared: size in bytes, median start to ready in milliseconds, median memory in bytes. */
export function keyNumbers(report: Report): KeyNumbers {
  const numberOf = (key: KeyNumber) => checkRows.filter((row) => row.key === key).flatMap(({ id }) =>
    measurementOf(report, id, 'subject')?.median ?? report.checks.find((check) => check.id === id)?.value ?? []).at(-1);
  return { sizeBytes: report.subject?.sizeBytes, readyMs: numberOf('readyMs'), memoryBytes: numberOf('memoryBytes') };
}

/** How the key numbers of each required platform moved, oldest first; empty without earlier reports. For the eye, never judged. */
export function trendOf({ earlier, reports, required }: Release): Trend[] {
  const judged = new Set(reports.read.map(({ sha256 }) => sha256));
  const before = [...new Map(earlier.read.filter(({ sha256 }) => !judged.has(sha256)).map((one) => [one.sha256, one])).values()];
  if (before.length === 0) return [];
  return metrics.map(({ metric, title, unit, key }) => {
    const points = (platform: string, all: readonly { readonly report: Report }[], current: boolean) =>
      all.filter(({ report }) => report.platform.id === platform).flatMap(({ report }): Point[] => {
        const { subject, tool: { endedAt: at } } = report;
        const value = keyNumbers(report)[key];
        return value === undefined ? [] : [{ version: versionOf(subject?.version, at), at, value, current }];
      });
    const series = required.map((platform) => ({
      platform,
      points: [
        ...points(platform, before, false).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)), ...points(platform, reports.read, true),
      ].slice(-pointLimit),
    })).filter((one) => one.points.length > 0);
    return { metric, title, unit, series };
  });
}

/** The number in what the executable printed (`agent-runner 1.4.0`), else all of it, else the day. */
function versionOf(printed: string | undefined, at: string): string {
  const text = shown(printed ?? '', 60);
  const number = /\d+(?:\.\d+)+[\w.+-]*/.exec(text)?.[0];
  return shown(number ?? text, 24) || at.slice(0, 10);
}
