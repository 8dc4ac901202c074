import type { GateWaiver } from '../model/gate.ts';
import type { CheckResult, Report } from '../model/report.ts';
import type { Waiver } from '../model/waiver.ts';
import { promiseId, weakeningsOf } from './promises.ts';
import type { Release } from './release.ts';
import { shown } from './shown.ts';

const dayMs = 86_400_000;

/** Whether a waiver holds at a moment: until the end of its day in UTC. */
export function holds({ until }: Waiver, now: Date): boolean {
  return now.getTime() < Date.parse(`${until}T00:00:00Z`) + dayMs;
}

/** Whether a waiver is about this check of a report, in time or not. It excuses failed and inconclusive checks and nothing else. */
export function isAbout({ id, platform }: Waiver, check: CheckResult, report: Report): boolean {
  return id === check.id && (platform === undefined || platform === report.platform.id)
    && (check.outcome === 'fail' || check.outcome === 'inconclusive');
}

/** Whether a check is excused by a waiver that holds. */
export function isExcused(check: CheckResult, report: Report, waivers: readonly Waiver[], now: Date): boolean {
  return waivers.some((waiver) => isAbout(waiver, check, report) && holds(waiver, now));
}

/** Every waiver that was given with what became of it, in the order of the command line. */
export function waiverStates(release: Release): GateWaiver[] {
  const { waivers, reports, required, now } = release;
  const weaker = weakeningsOf(release).map(promiseId);
  return waivers.map((waiver) => {
    const { id, platform, reason, until } = waiver;
    const about = reports.read.filter(({ report }) => report.checks.some((check) => isAbout(waiver, check, report)));
    // A contract is one for all platforms.
    const names = weaker.includes(id) ? required : about.map(({ report }) => report.platform.id);
    const excuses = holds(waiver, now) ? [...new Set(names.map((name) => shown(name, 40)))] : [];
    const state = !holds(waiver, now) ? 'expired' : excuses.length > 0 ? 'used' : 'unused';
    return { id: shown(id), ...(platform !== undefined && { platform }), reason: shown(reason, 500), until, state, excuses };
  });
}
