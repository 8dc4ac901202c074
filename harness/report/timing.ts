import { formatBytes, formatDuration } from '../model/format.ts';
import type { Report } from '../model/report.ts';

/** Wall time of the run in milliseconds; 0 when the clock went backwards. */
export function wallMs({ tool }: Report): number {
  return Math.max(0, Date.parse(tool.endedAt) - Date.parse(tool.startedAt));
}

/** The same as sentences, with the memory of the harness. */
export function timeSentences(report: Report): string {
  return `${timeSummary(report)}. The harness held at most ${formatBytes(report.tool.peakResidentBytes)} of memory.`;
}

/**
 * Where the time went: `1 min 24 s: workers 1 min 11 s, harness 13.0 s, 23 launches`. Workers are the subject and the baseline; trying
 * remedies is told by itself.
 */
export function timeSummary(report: Report): string {
  const total = wallMs(report);
  const { subject, baseline, busyMs } = report.tool.launches;
  const launches = subject + baseline;
  const remediesMs = report.tool.phases.filter(({ name }) => name === 'remedies').reduce((sum, { durationMs }) => sum + durationMs, 0);
  const remedies = remediesMs === 0 ? '' : `remedies ${formatDuration(remediesMs)}, `;
  const harness = formatDuration(Math.max(0, total - busyMs - remediesMs));
  return `${formatDuration(total)}: workers ${formatDuration(busyMs)}, ${remedies}harness ${harness}, ${launches} ` +
    (launches === 1 ? 'launch' : 'launches');
}
