import type { Release } from './release.ts';
import { kept, listed } from './judge/block.ts';
import { elsewhereRemarks } from './judge/together.ts';
import { lastReportOf } from './judge/regression.ts';
import type { GateWaiver } from '../model/gate.ts';
import type { Report } from '../model/report.ts';
import { newModulesRemark } from './new-modules.ts';
import { shown } from './shown.ts';

/** What a reader should know and what blocks nothing, in sentences. */
export function warningsOf(release: Release, waivers: readonly GateWaiver[]): string[] {
  const { reports: { read }, toolVersion, commit, contracts, required, earlier } = release;
  const named = new Set(contracts.flatMap(({ contract }) => contract.platforms));
  const forgotten = [...named].filter((platform) => !required.includes(platform));
  const someCommit = commit === undefined && read.some(({ report }) => report.platform.commit !== undefined);
  const ofReports = (remark: (report: Report, id: string) => string | false) =>
    read.map(({ report }) => remark(report, shown(report.platform.id, 40)));
  return kept([
    ...waivers.map(({ state, id, until }) => state === 'expired' && `The waiver of ${id} ended on ${until} and excuses nothing.`),
    ...waivers.map(({ state, id, platform }) => state === 'unused' && `The waiver of ${id}${platform ? ` on ${platform}` : ''} excuses ` +
      'nothing: no report that was handed over says that it failed. Take it away.'),
    forgotten.length > 0 && `The contract names ${listed(forgotten)} too, which --require leaves out.`,
    ...ofReports(({ tool }, id) => tool.version !== toolVersion && `${id} was verified with frostgate ${shown(tool.version, 40)}, this ` +
      `gate is of ${toolVersion}.`),
    ...ofReports(({ platform }, id) => someCommit && platform.commit === undefined && `${id}: its report does not say which commit it is ` +
      'about.'),
    ...ofReports(({ baseline, baselineAbsent }, id) => baseline === null && `${id} was verified without a baseline: ` +
      `${shown(baselineAbsent ?? 'no reason given', 200)}.`),
    ...ofReports(({ checks }, id) => {
      const unseen = checks.flatMap((check) => (check.notLookedFor ? shown(`${check.id} (${check.notLookedFor})`, 240) : []));
      return unseen.length > 0 && `${id}: not looked for: ${unseen.join(', ')}.`;
    }),
    ...read.flatMap(({ report, beside }) => beside.remarks.map((remark) => `${shown(report.platform.id, 40)}: ${remark}.`)),
    ...elsewhereRemarks(release),
    ...read.map(({ report }) => newModulesRemark(report, lastReportOf(report, release))),
    ...earlier.unread.map(({ file, why }) => `An earlier report is not in the trend: ${file}: ${why}.`),
  ]);
}

/** What the gate was not asked to compare. */
export function notCheckedOf(release: Release): string[] {
  const { artifacts, commit, contracts, signed, previousRelease, reports: { read } } = release;
  const first = read.filter(({ report }) => lastReportOf(report, release)?.sha256 === undefined).map(({ report }) => report.platform.id);
  return kept([
    artifacts === undefined && 'Whether the files to be shipped are the verified ones: no --artifact was named.',
    commit === undefined && 'Whether the reports are about the commit to be tagged: no --commit was named.',
    !signed && 'Who wrote the reports: not signed, believed as found (--require-signed).',
    contracts.length === 0 && 'Whether the checks and limits are those of the release: no --contract was given.',
    previousRelease === undefined && 'Whether the contract promises less than that of the last release: no --previous-release was named.',
    previousRelease !== undefined && first.length > 0 && 'Whether the executable is worse than that of the last release for ' +
      `${listed(first.map((id) => shown(id, 40)))}: ${previousRelease.folder} holds no report about one.`,
  ]);
}
