import type { Release } from './release.ts';
import { listed } from './judge/block.ts';
import { elsewhereRemarks } from './judge/together.ts';
import type { GateWaiver } from '../model/gate.ts';
import { shown } from './shown.ts';

/** What a reader should know and what blocks nothing, in sentences. */
export function warningsOf(release: Release, waivers: readonly GateWaiver[]): string[] {
  const { reports, toolVersion, commit, contract, required, earlier } = release;
  const forgotten = (contract?.contract.platforms ?? []).filter((platform) => !required.includes(platform));
  const someCommit = reports.read.some(({ report }) => report.platform.commit !== undefined);
  const known = reports.read.map(({ report, beside }) => ({ report, beside, id: shown(report.platform.id, 40) }));
  return [
    ...waivers.filter(({ state }) => state === 'expired').map(({ id, until }) => `The waiver of ${id} ended on ${until} and excuses ` +
      'nothing.'),
    ...waivers.filter(({ state }) => state === 'unused').map(({ id, platform }) => 'The waiver of ' +
      `${id}${platform === undefined ? '' : ` on ${platform}`} excuses nothing: no report that was handed over says that it failed. ` +
        'Take it away.'),
    ...(forgotten.length > 0 ? [`The contract names ${listed(forgotten)} too, which --require leaves out.`] : []),
    ...known.filter(({ report }) => report.tool.version !== toolVersion).map(({ report, id }) => `${id} was verified with frostgate ` +
      `${shown(report.tool.version, 40)}, this gate is of ${toolVersion}.`),
    ...(commit === undefined && someCommit ? known.filter(({ report }) => report.platform.commit === undefined).map(
      ({ id }) => `${id}: its report does not say which commit it is about.`,
    ) : []),
    ...known.filter(({ report }) => report.baseline === null).map(({ report, id }) => `${id} was verified without a baseline: ` +
      `${shown(report.baselineAbsent ?? 'no reason given', 200)}.`),
    ...known.flatMap(({ beside, id }) => beside.remarks.map((remark) => `${id}: ${remark}.`)),
    ...elsewhereRemarks(release),
    ...earlier.unread.map(({ file, why }) => `An earlier report is not in the trend: ${file}: ${why}.`),
  ];
}

/** What the gate was not asked to compare. */
export function notCheckedOf({ artifacts, commit, contract }: Release): string[] {
  return [
    ...(artifacts === undefined ? ['Whether the files to be shipped are the verified ones: no --artifact was named.'] : []),
    ...(commit === undefined ? ['Whether the reports are about the commit to be tagged: no --commit was named.'] : []),
    ...(contract === undefined ? ['Whether the checks and limits are those of the release: no --contract was given.'] : []),
  ];
}
