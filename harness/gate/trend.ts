import type { Report } from '../model/report.ts';
import type { Release } from './release.ts';
import type { KeyNumbers, Trend } from '../model/gate.ts';
import { keyNumbers } from './numbers.ts';
import { shown } from './shown.ts';

type Point = Trend['series'][number]['points'][number];

/** More releases than this make neither a table nor a plot. */
const pointLimit = 30;

const metrics = [
  { metric: 'size', title: 'size of the executable', unit: 'bytes', of: ({ sizeBytes }: KeyNumbers) => sizeBytes },
  { metric: 'ready', title: 'start to ready', unit: 'ms', of: ({ readyMs }: KeyNumbers) => readyMs },
  { metric: 'memory', title: 'memory', unit: 'bytes', of: ({ memoryBytes }: KeyNumbers) => memoryBytes },
] as const;

/**
 * How the key numbers of each required platform moved, from the oldest report to this release. Empty without earlier reports. Times
 * from other days and machines are no baseline: this is for the eye and is never judged.
 */
export function trendOf({ earlier, reports, required }: Release): Trend[] {
  const current = new Set(reports.read.map(({ sha256 }) => sha256));
  const before = [...new Map(earlier.read.filter(({ sha256 }) => !current.has(sha256)).map((one) => [one.sha256, one])).values()];
  if (before.length === 0) return [];
  return metrics.map(({ metric, title, unit, of }) => {
    const pointsOf = (platform: string): Point[] => {
      const points = (all: readonly { readonly report: Report }[], isCurrent: boolean) =>
        all.filter(({ report }) => report.platform.id === platform).flatMap(
          ({ report }) => pointOf(report, of(keyNumbers(report)), isCurrent),
        );
      return [...points(before, false).toSorted(byTime), ...points(reports.read, true)].slice(-pointLimit);
    };
    const series = required.map((platform) => ({ platform, points: pointsOf(platform) })).filter(({ points }) => points.length > 0);
    return { metric, title, unit, series };
  });
}

function pointOf({ subject, tool }: Report, value: number | undefined, current: boolean): Point[] {
  return value === undefined ? [] : [{ version: versionOf(subject?.version, tool.endedAt), at: tool.endedAt, value, current }];
}

/** The number in what the executable printed (`agent-runner 1.4.0`), else all of it, else the day. */
function versionOf(printed: string | undefined, at: string): string {
  const text = shown(printed ?? '', 60);
  const number = /\d+(?:\.\d+)+[\w.+-]*/.exec(text)?.[0];
  return shown(number ?? text, 24) || at.slice(0, 10);
}

function byTime(a: Point, b: Point): number {
  return Date.parse(a.at) - Date.parse(b.at);
}
