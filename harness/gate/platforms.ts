import { areaOf } from '../model/catalogue.ts';
import { areas, type CheckResult, type Report } from '../model/report.ts';
import type { Release } from './release.ts';
import { unanswered } from './judge/checks.ts';
import { recomputed } from './judge/recompute.ts';
import type { AreaCounts, Block, GateDecision, GatePlatform } from '../model/gate.ts';
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
    const [counts, { emulation }] = [areaCounts(found.report, release), found.report.platform];
    return {
      ...row, ...(emulation && { emulatedBy: shown(emulation.by, 60) }), state: stateOf(own, counts), report: reportOf(found),
      subject: subjectOf(found.report), areas: counts,
      numbers: keyNumbers(found.report), decisions: decisionsOf(found.report, release),
    };
  });
}

function stateOf(own: readonly Block[], counts: readonly AreaCounts[]): GatePlatform['state'] {
  if (own.some(({ severity }) => severity === 'wrong')) return 'fail';
  if (own.length > 0) return 'inconclusive';
  return counts.some(({ waived }) => waived > 0) ? 'waived' : 'pass';
}

function reportOf({ file, sha256, beside: { page, markdown }, report, signature }: ReadReport): GatePlatform['report'] {
  const { outcome, sentence } = recomputed(report);
  const { tool, contract, platform: { commit } } = report;
  return {
    file,
    sha256,
    page,
    markdown,
    verdict: { outcome, sentence: shown(sentence, 600) },
    toolVersion: shown(tool.version, 40),
    endedAt: shown(tool.endedAt, 40),
    commit: commit === undefined ? undefined : shown(commit, 64),
    contractSha256: contract?.sha256,
    signedBy: signature !== undefined && 'by' in signature ? signature.by : undefined,
  };
}

function subjectOf({ subject }: Report): GatePlatform['subject'] {
  if (subject === null) return null;
  const { file, sha256Before, version } = subject;
  return { file: shown(file), sha256: sha256Before, version: version === undefined ? undefined : shown(version, 60) };
}

/** More than there are metrics; a report may hold any number. */
const mostDecisions = 40;

/** What was decided beside the last release, and what of it a waiver lets through; undefined where nothing was compared. */
function decisionsOf(report: Report, { waivers, now }: Release): GateDecision[] | undefined {
  const excused = report.checks.filter((check) => isExcused(check, report, waivers, now)).map(({ id }) => id);
  return report.decisions?.slice(0, mostDecisions).map(({ metric, check, answer, sentence, ...numbers }) => {
    const { effectPercent, intervalPercent, limitPercent, pairs } = numbers;
    return {
      metric: shown(metric, 40), check: shown(check, 80), answer, waived: answer !== 'pass' && excused.includes(check),
      effectPercent, intervalPercent, limitPercent, pairs, sentence: shown(sentence, 300),
    };
  });
}

/** The outcomes of each area that has checks, or owes some; in the order of the suites. */
function areaCounts(report: Report, release: Release): AreaCounts[] {
  const notRun = unanswered(report, release).map(areaOf);
  return areas.flatMap((area) => {
    const outcomes = report.checks.filter((check) => check.area === area)
      .map((check) => (isExcused(check, report, release.waivers, release.now) ? 'waived' : check.outcome));
    const neverRan = notRun.filter((owed) => owed === area).length;
    if (outcomes.length + neverRan === 0) return [];
    const of = (outcome: CheckResult['outcome'] | 'waived') => outcomes.filter((one) => one === outcome).length;
    const [failed, inconclusive, waived] = [of('fail'), of('inconclusive'), of('waived')];
    const state = failed + neverRan > 0 ? 'fail' : inconclusive > 0 ? 'inconclusive' : waived > 0 ? 'waived' : 'pass';
    return [{ area, state, passed: of('pass'), failed, inconclusive, notApplicable: of('not-applicable'), neverRan, waived }];
  });
}
