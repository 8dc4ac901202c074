import { areaOf } from '../model/catalogue.ts';
import { areas, type CheckResult, type Report } from '../model/report.ts';
import type { Release } from './release.ts';
import { unanswered } from './judge/checks.ts';
import { recomputed } from './judge/recompute.ts';
import type { AreaCounts, Block, GatePlatform } from '../model/gate.ts';
import type { ReadReport } from './read/read-reports.ts';
import { shown } from './shown.ts';
import { keyNumbers } from './trend.ts';
import { isExcused } from './waivers.ts';

/** The rows of the matrix: required platforms in their order, then others; of two reports of one platform the first. */
export function platformRows(release: Release, blocks: readonly Block[]): GatePlatform[] {
  const { required, reports } = release;
  const ids = [...new Set([...required, ...reports.read.map(({ report }) => report.platform.id)])];
  return ids.map((id) => {
    const own = blocks.filter(({ platform }) => platform === shown(id, 40));
    const row = { id: shown(id, 40), required: required.includes(id), problems: [...new Set(own.map(({ kind }) => kind))] };
    const found = reports.read.find(({ report }) => report.platform.id === id);
    if (found === undefined) return { ...row, state: 'missing', report: null, subject: null, areas: [], numbers: {} };
    const counts = areaCounts(found.report, release);
    return {
      ...row, state: stateOf(own, counts), report: reportOf(found), subject: subjectOf(found.report), areas: counts,
      numbers: keyNumbers(found.report),
    };
  });
}

function stateOf(own: readonly Block[], counts: readonly AreaCounts[]): GatePlatform['state'] {
  if (own.some(({ severity }) => severity === 'wrong')) return 'fail';
  if (own.length > 0) return 'inconclusive';
  return counts.some(({ waived }) => waived > 0) ? 'waived' : 'pass';
}

function reportOf({ file, sha256, beside: { page, markdown }, report }: ReadReport): GatePlatform['report'] {
  const { outcome, sentence } = recomputed(report);
  const { commit } = report.platform;
  return {
    file,
    sha256,
    ...(page !== undefined && { page }),
    ...(markdown !== undefined && { markdown }),
    verdict: { outcome, sentence: shown(sentence, 600) },
    toolVersion: shown(report.tool.version, 40),
    endedAt: shown(report.tool.endedAt, 40),
    ...(commit !== undefined && { commit: shown(commit, 64) }),
    ...(report.contract !== null && { contractSha256: report.contract.sha256 }),
  };
}

function subjectOf({ subject }: Report): GatePlatform['subject'] {
  if (subject === null) return null;
  return {
    file: shown(subject.file), sha256: subject.sha256Before, ...(subject.version !== undefined && { version: shown(subject.version, 60) }),
  };
}

/** The outcomes of each area that has checks, or owes some; in the order of the suites. */
function areaCounts(report: Report, release: Release): AreaCounts[] {
  const { waivers, now } = release;
  const excused = new Set(report.checks.filter((check) => isExcused(check, report, waivers, now)));
  const notRun = unanswered(report, release).map(areaOf);
  return areas.flatMap((area) => {
    const checks = report.checks.filter((check) => check.area === area);
    const neverRan = notRun.filter((owed) => owed === area).length;
    if (checks.length + neverRan === 0) return [];
    const of = (outcome: CheckResult['outcome']) => checks.filter((check) => check.outcome === outcome && !excused.has(check)).length;
    const counts = {
      passed: of('pass'), failed: of('fail'), inconclusive: of('inconclusive'), notApplicable: of('not-applicable'), neverRan,
      waived: checks.filter((check) => excused.has(check)).length,
    };
    return [{ area, state: areaState(counts), ...counts }];
  });
}

function areaState({ failed, inconclusive, neverRan, waived }: Omit<AreaCounts, 'area' | 'state'>): AreaCounts['state'] {
  if (failed + neverRan > 0) return 'fail';
  if (inconclusive > 0) return 'inconclusive';
  return waived > 0 ? 'waived' : 'pass';
}
