import { areas, type CheckResult, type Report } from '../../model/report.ts';
import type { Facts } from '../facts.ts';
import type { Block } from '../../model/gate.ts';
import type { ReadReport } from '../read/read-reports.ts';
import { block, listed, someChecks } from './block.ts';
import { knownContract } from './known-contract.ts';

/** Whether there are secrets is the contract's word; this check has a rule of its own. */
const secrets = 'environment.secrets';

/** What a contract can leave out, or a machine without a baseline cannot compare. Every other check applies on every platform. */
export const dispensable: readonly string[] = [
  'registration.sdk', 'artifact.version', 'artifact.help', 'performance.version', 'bundle.native-floor', 'bundle.python',
];

/** What compares the executable's contents with the baseline, and has nothing to say without one. */
export const needBaseline: readonly string[] = [
  'bundle.versions', 'bundle.sources', 'bundle.modules', 'bundle.kinds', 'bundle.data', 'bundle.metadata', 'bundle.plugins',
];

/** Checks that say not applicable: without a reason, without a right to, or so many that nothing of their area was looked at. */
export function applicabilityBlocks({ report }: ReadReport, facts: Facts): Block[] {
  const { platform: { id }, checks } = report;
  const skipped = checks.filter(({ outcome }) => outcome === 'not-applicable');
  const silent = skipped.filter(({ reason }) => !reason?.trim()).map((check) => check.id);
  const impossible = skipped.filter((check) => !mayBeSkipped(check, report)).map((check) => check.id);
  const empty = skipped.length === checks.length ? [] : emptyAreas(report);
  return [
    ...(silent.length > 0 ? [block('not-applicable', `${someChecks(silent)} ${silent.length === 1 ? 'is' : 'are'} not applicable ` +
      'without a reason. A skip without a reason counts as not run: verify again.', id)] : []),
    ...(impossible.length > 0 ? [block('not-applicable', `${someChecks(impossible)} cannot be not applicable on any platform. Verify ` +
      'again on a machine of this platform.', id)] : []),
    ...(empty.length > 0 ? [block('not-applicable', `nothing of ${listed(empty)} was verified: every check there is not applicable. ` +
      'Say in the contract where its effects can be seen (reaches) and verify again.', id)] : []),
    ...(skipped.some((check) => check.id === secrets) ? secretBlocks(report, facts) : []),
  ];
}

function mayBeSkipped({ id, area }: CheckResult, report: Report): boolean {
  if (area === 'bundle' && isOpaque(report)) return true;
  return id.startsWith('environment.') || dispensable.includes(id) || (report.baseline === null && needBaseline.includes(id));
}

/** Of an executable that PyInstaller did not make, the contents cannot be listed. */
function isOpaque({ contents, subject }: Report): boolean {
  return contents === null && !subject?.freezer?.startsWith('PyInstaller');
}

/** Areas of which every check is not applicable with a right to; what had no right to it has a block already. */
function emptyAreas(report: Report): string[] {
  return areas.filter((area) => {
    if (area === 'bundle' && isOpaque(report)) return false;
    const own = report.checks.filter((check) => check.area === area && check.id !== secrets);
    return own.length > 0 && own.every((check) => check.outcome === 'not-applicable' && mayBeSkipped(check, report));
  });
}

/** A secret to which the contract itself gives a value is none that could be looked for. */
function secretBlocks(report: Report, facts: Facts): Block[] {
  const contract = knownContract(report, facts);
  if (contract === undefined) return [block('not-applicable', `${secrets} is not applicable, which only a contract without a secret ` +
    'allows. Name the contract with --contract.', report.platform.id)];
  const [name] = Object.entries(contract.environment).find(([, { secret, value }]) => secret && value === undefined) ?? [];
  return name === undefined ? [] : [block('not-applicable', `${secrets} is not applicable, but the contract names a secret (${name}). ` +
    'Verify again.', report.platform.id)];
}
