import type { CheckResult, Report } from '../../model/report.ts';
import type { Waiver } from '../../model/waiver.ts';

const dayMs = 86_400_000;

/** Whether a waiver holds at a moment: until the end of its day in UTC. */
export function holds(waiver: Waiver, now: Date): boolean {
  return now.getTime() < Date.parse(`${waiver.until}T00:00:00Z`) + dayMs;
}

/**
 * Whether a waiver is about this check of a report, be it in time or not. A waiver excuses failed and inconclusive checks and nothing else.
 */
export function isAbout({ id, platform }: Waiver, check: CheckResult, report: Report): boolean {
  return id === check.id && (platform === undefined || platform === report.platform.id) && (
    check.outcome === 'fail' || check.outcome === 'inconclusive'
  );
}

/** Whether a check is excused by a waiver that holds. */
export function isExcused(check: CheckResult, report: Report, waivers: readonly Waiver[], now: Date): boolean {
  return waivers.some((waiver) => isAbout(waiver, check, report) && holds(waiver, now));
}
