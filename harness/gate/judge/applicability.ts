import type { CheckRow, Skip } from '../../model/check-row.ts';
import { rowOf } from '../../model/catalogue.ts';
import { areas, type CheckResult, type Report } from '../../model/report.ts';
import type { Release } from '../release.ts';
import type { Block } from '../../model/gate.ts';
import type { ReadReport } from '../read/read-reports.ts';
import { agreeing, block, broken, listed, someChecks } from './block.ts';
import { knownContract } from './known-contract.ts';

/** Checks that say not applicable: without a reason, without a right to, or so many that nothing of their area was looked at. */
export function applicabilityBlocks({ report }: ReadReport, release: Release): Block[] {
  const { platform: { id }, checks } = report;
  const skipped = checks.filter(({ outcome }) => outcome === 'not-applicable');
  const silent = skipped.filter(({ reason }) => !reason?.trim()).map((check) => check.id);
  const impossible = skipped.filter((check) => !mayBeSkipped(check, report)).map((check) => check.id);
  const empty = skipped.length === checks.length ? [] : emptyAreas(report);
  return [
    ...broken(id, [
      [silent.length > 0, 'not-applicable', `${someChecks(silent)} ${agreeing(silent, 'is', 'are')} not applicable without a reason. A ` +
        'skip without a reason counts as not run: verify again.'],
      [impossible.length > 0, 'not-applicable', `${someChecks(impossible)} cannot be not applicable on any platform. Verify again on a ` +
        'machine of this platform.'],
      [empty.length > 0, 'not-applicable', `nothing of ${listed(empty)} was verified: every check there is not applicable. Say in the ` +
        'contract where its effects can be seen (reaches) and verify again.'],
    ]),
    ...skipped.filter(({ id: check }) => says(rowOf(check), 'no secret')).flatMap(({ id: check }) => secretBlocks(check, report, release)),
  ];
}

function says(row: CheckRow | undefined, when: Skip): boolean {
  return row?.skippable?.includes(when) === true;
}

function mayBeSkipped({ id }: CheckResult, report: Report): boolean {
  const row = rowOf(id);
  return says(row, 'by contract') || says(row, 'no secret') || (says(row, 'no baseline') && report.baseline === null)
    || (says(row, 'no contents') && isOpaque(report));
}

/** Of an executable that PyInstaller did not make, the contents cannot be listed. */
function isOpaque({ contents, subject }: Report): boolean {
  return contents === null && !subject?.freezer?.startsWith('PyInstaller');
}

/** Areas of which every check is not applicable with a right to; what had no right to it has a block already. */
function emptyAreas(report: Report): string[] {
  const opaque = isOpaque(report);
  const expected = report.checks.filter(({ id }) => !says(rowOf(id), 'no secret') && !(opaque && says(rowOf(id), 'no contents')));
  return areas.filter((area) => {
    const own = expected.filter((check) => check.area === area);
    return own.length > 0 && own.every((check) => check.outcome === 'not-applicable' && mayBeSkipped(check, report));
  });
}

/** A secret to which the contract itself gives a value is none that could be looked for. */
function secretBlocks(check: string, report: Report, release: Release): Block[] {
  const contract = knownContract(report, release);
  const say = (text: string) => [block('not-applicable', `${check} is not applicable, ${text}`, report.platform.id)];
  if (contract === undefined) return say('which only a contract without a secret allows. Name the contract with --contract.');
  const [name] = Object.entries(contract.environment).find(([, { secret, value }]) => secret && value === undefined) ?? [];
  return name === undefined ? [] : say(`but the contract names a secret (${name}). Verify again.`);
}
