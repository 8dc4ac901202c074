import { sum } from 'simple-statistics';
import { formatBytes, formatDuration } from '../model/format.ts';
import type { Report } from '../model/report.ts';

/** Wall time of the run in milliseconds; 0 when the clock went backwards. */
export function wallMs({ tool }: Report): number {
  return Math.max(0, Date.parse(tool.endedAt) - Date.parse(tool.startedAt));
}

/** `1 min 24 s: workers 1 min 11 s, harness 13.0 s, 23 launches`: workers are subject and baseline; trying remedies is told by itself. */
export function timeSummary(report: Report): string {
  const { launches: { subject, baseline, busyMs }, phases } = report.tool;
  const launches = subject + baseline;
  const remediesMs = sum(phases.filter(({ name }) => name === 'remedies').map(({ durationMs }) => durationMs));
  const remedies = remediesMs === 0 ? '' : `remedies ${formatDuration(remediesMs)}, `;
  const harness = formatDuration(Math.max(0, wallMs(report) - busyMs - remediesMs));
  return `${formatDuration(wallMs(report))}: workers ${formatDuration(busyMs)}, ${remedies}harness ${harness}, ${launches} ` +
    (launches === 1 ? 'launch' : 'launches');
}

/** The same as sentences, with the memory of the harness. */
export function timeSentences(report: Report): string {
  return `${timeSummary(report)}. The harness held at most ${formatBytes(report.tool.peakResidentBytes)} of memory.`;
}
