import type { Contract } from '../../contract/schema.ts';
import { rowOf } from '../../model/catalogue.ts';
import type { RegressionMetric } from '../../model/regression-metrics.ts';
import type { Report } from '../../model/report.ts';
import type { LastReport } from '../read/last-reports.ts';
import type { ReadReport } from '../read/read-reports.ts';
import type { Release } from '../release.ts';
import { shortSha, shown } from '../shown.ts';
import { listed, type Faults } from './block.ts';
import { knownContract } from './checks.ts';

/** What the last release said of itself on the platform of a report; undefined where it was not released there, or nobody says so. */
export function lastReportOf(
  { platform, contract }: Report, { previousRelease }: Pick<Release, 'previousRelease'>,
): LastReport | undefined {
  return previousRelease?.reports.find((last) => last.platform === platform.id && last.contract?.worker === contract?.worker);
}

/**
 * Whether a platform was compared with the executable that was released there last, and everything that its passes rest on was decided.
 * What failed or stayed undecided makes its check red or inconclusive, and blocks by that; a waiver of the check is one of its decisions.
 */
export function regressionFaults({ report }: ReadReport, release: Release): Faults {
  const last = lastReportOf(report, release);
  const contract = knownContract(report, release);
  if (last?.sha256 === undefined) return [];
  const { previous } = report;
  const by = `sha256 ${shortSha(last.sha256)} in ${last.file}`;
  if (previous === undefined) {
    return [isWanted(contract) && ['incomplete', `it was not compared with the last release (${by}), and regression of its contract asks ` +
      'for that. Verify again with --previous and that executable.']];
  }
  if (previous.sha256 !== last.sha256) {
    return [['other-previous', `it was compared with another executable (${shown(previous.file)}, sha256 ${shortSha(previous.sha256)}) ` +
      `than the last release (${by}). Verify again with --previous and that executable.`]];
  }
  if (contract === undefined) return [];
  const due = dueDecisions(report, contract);
  const missing = due.filter((metric) => report.decisions?.every((one) => one.metric !== metric) ?? true);
  const unlike = (report.decisions ?? []).filter(({ metric, answer }) => answer !== 'pass' && due.some((one) => one === metric));
  const [first] = unlike;
  return [
    missing.length > 0 && ['incomplete', `nothing was decided about ${listed(missing)} beside the last release, and what judges that has ` +
      'passed. Verify again with this version of frostgate.'],
    first !== undefined && ['contradictory', `its report contradicts itself: ${shown(first.check, 80)} passed, and beside the last ` +
      `release ${shown(first.metric, 40)} is ${first.answer} (${shown(first.sentence, 200)}). Verify again.`],
  ];
}

/** A contract that names limits wants them to be held against the last release. */
function isWanted(contract: Contract | undefined): boolean {
  return contract !== undefined && Object.keys(contract.regression).length > 0;
}

/** What the passed checks of a report owe a decision about. */
function dueDecisions({ checks }: Report, { interface: { version } }: Contract): RegressionMetric[] {
  const passed = checks.filter(({ outcome }) => outcome === 'pass').flatMap(({ id }) => rowOf(id)?.beside ?? []);
  return passed.filter((metric) => version !== undefined || !metric.endsWith('.version'));
}
