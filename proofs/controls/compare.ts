import type { Report } from '../../harness/model/report.ts';
import type { Expectation } from './expectations.ts';

/** Every way in which a report is not what the sabotage must make of it; empty when it is. */
export function deviations({ red, findings = [] }: Expectation, report: Report): string[] {
  const failed = report.checks.filter((check) => check.outcome === 'fail');
  const expectedOutcome = Object.keys(red).length === 0 ? 'pass' : 'fail';
  return [
    ...(report.verdict.outcome === expectedOutcome ? [] : [`the verdict is ${report.verdict.outcome}, expected ${expectedOutcome}: ` +
      report.verdict.sentence]),
    ...failed.filter((check) => !(check.id in red)).map((check) => `${check.id} is red and should not be: ${check.reason}`),
    ...Object.entries(red).flatMap(([id, because]) => {
      const check = failed.find((candidate) => candidate.id === id);
      if (!check) return [`${id} is not red`];
      const said = `${check.reason}\n${check.got ?? ''}`;
      return because.test(said) ? [] : [`${id} is red for another reason: ${said.slice(0, 300)}`];
    }),
    ...findings.filter(
      (hazard) => !report.findings.some((finding) => finding.hazard === hazard),
    ).map((hazard) => `no finding names ${hazard}`),
  ];
}
