import { leftOut, type Surroundings } from '../../contract/left-out.ts';
import type { Contract } from '../../contract/schema.ts';
import { rowOf } from '../../model/catalogue.ts';
import type { Skip } from '../../model/check-row.ts';
import { areas, type CheckResult, type Report } from '../../model/report.ts';
import type { ReadReport } from '../read/read-reports.ts';
import type { Release } from '../release.ts';
import { agreeing, listed, someChecks, type Fault, type Faults } from './block.ts';
import { knownContract } from './checks.ts';

/**
 * Checks that say not applicable: without a reason, without a right to, although the contract at hand promises them, or so many that
 * nothing of their area was looked at.
 */
export function applicabilityFaults({ report }: ReadReport, release: Release): Faults {
  const contract = knownContract(report, release);
  const skipped = report.checks.filter(({ outcome }) => outcome === 'not-applicable');
  const silent = skipped.filter(({ reason }) => !reason?.trim()).map(({ id }) => id);
  const impossible = skipped.filter((check) => !mayBeSkipped(check, report)).map(({ id }) => id);
  const byContract = contract === undefined ? undefined : leftOut(contract, surroundingsOf(report));
  const promised = skipped.filter((check) => byContract?.has(check.id) === false && needsContract(check, report)).map(({ id }) => id);
  const empty = skipped.length === report.checks.length ? [] : emptyAreas(report);
  return [
    silent.length > 0 && ['not-applicable', `${someChecks(silent)} ${agreeing(silent, 'is', 'are')} not applicable without a reason. A ` +
      'skip without a reason counts as not run: verify again.'],
    impossible.length > 0 && ['not-applicable', `${someChecks(impossible)} cannot be not applicable on any platform. Verify again on a ` +
      'machine of this platform.'],
    promised.length > 0 && ['not-applicable', `${someChecks(promised)} ${agreeing(promised, 'is', 'are')} not applicable, but the ` +
      `contract has what ${agreeing(promised, 'it judges', 'they judge')}. Verify again with this version of frostgate.`],
    empty.length > 0 && ['not-applicable', `nothing of ${listed(empty)} was verified: every check there is not applicable. Say in the ` +
      'contract where its effects can be seen (reaches) and verify again.'],
    ...skipped.filter(({ id }) => says(id, 'no secret')).map(({ id }) => secretFault(id, contract)),
  ];
}

function says(id: string, when: Skip): boolean {
  return rowOf(id)?.skippable?.includes(when) === true;
}

function surroundingsOf({ platform: { id }, baseline, server }: Report): Surroundings {
  return { system: id.split('-')[0] ?? '', hasBaseline: baseline !== null, isForeignServer: server?.kind === 'external' };
}

function mayBeSkipped(check: CheckResult, report: Report): boolean {
  return says(check.id, 'by contract') || mayBeSkippedElse(check, report);
}

/** Nothing but its contract could have left it out. */
function needsContract(check: CheckResult, report: Report): boolean {
  return says(check.id, 'by contract') && !mayBeSkippedElse(check, report);
}

/** Whether it may be not applicable, whatever its contract leaves out. */
function mayBeSkippedElse(check: CheckResult, report: Report): boolean {
  const { id } = check;
  return says(id, 'no secret') || isUnseen(check) || says(id, 'one process')
    || (says(id, 'nothing there') && report.contents !== null && report.baseline !== null)
    || (says(id, 'no baseline') && report.baseline === null) || (says(id, 'quick profile') && report.tool.profile === 'quick')
    || (says(id, 'no contents') && isOpaque(report)) || (says(id, 'emulated') && report.platform.emulation !== undefined);
}

/** Not looked for, where a platform, a machine or a kind of worker may lack the eye for it. */
function isUnseen({ id, notLookedFor }: CheckResult): boolean {
  return says(id, 'no eye') || (rowOf(id)?.eye !== undefined && Boolean(notLookedFor));
}

/** Of an executable that PyInstaller did not make, the contents cannot be listed. */
function isOpaque({ contents, subject }: Report): boolean {
  return contents === null && !subject?.freezer?.startsWith('PyInstaller');
}

/** What compares with the last release is owed beside the rest, and not by every kind of worker. */
const isBeside = (id: string): boolean => rowOf(id)?.needs?.includes('previous') === true;

/** Areas of which every check is not applicable with a right to; what had no right to it has a block already. */
function emptyAreas(report: Report): string[] {
  const opaque = isOpaque(report);
  const expected = report.checks.filter(({ id }) => !says(id, 'no secret') && !(opaque && says(id, 'no contents'))
    && !(report.platform.emulation !== undefined && says(id, 'emulated')) && !isBeside(id));
  return areas.filter((area) => {
    const own = expected.filter((check) => check.area === area);
    return own.length > 0 && own.every((check) => check.outcome === 'not-applicable' && mayBeSkipped(check, report));
  });
}

/** A secret to which the contract itself gives a value is none that could be looked for. */
function secretFault(id: string, contract: Contract | undefined): Fault | false {
  if (contract === undefined) return ['not-applicable', `${id} is not applicable, which only a contract without a secret allows. Name ` +
    'the contract with --contract.'];
  const [name] = Object.entries(contract.environment).find(([, { secret, value }]) => secret && value === undefined) ?? [];
  return name !== undefined && ['not-applicable', `${id} is not applicable, but the contract names a secret (${name}). Verify again.`];
}
