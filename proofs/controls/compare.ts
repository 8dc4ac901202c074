import type { Report } from '../../harness/model/report.ts';
import type { Expectation } from './expectation.ts';

type Wanted = Pick<Expectation, 'red' | 'may' | 'unjudged' | 'alone' | 'findings' | 'remedies'>;

/** What a report must be: red, green, or neither because something could not be judged. */
export function verdictOf({ red, unjudged }: Wanted): 'fail' | 'pass' | 'inconclusive' {
  if (Object.keys(red).length > 0) return 'fail';
  return unjudged === undefined ? 'pass' : 'inconclusive';
}

/** Every way in which a report is not what the sabotage must make of it; empty when it is. */
export function deviations(wanted: Wanted, { verdict, checks, findings }: Report): string[] {
  const { red, may = [], unjudged = {}, alone, findings: named = [], remedies = {} } = wanted;
  const expected = verdictOf(wanted);
  return [
    ...(verdict.outcome === expected ? [] : [`the verdict is ${verdict.outcome}, expected ${expected}: ${verdict.sentence}`]),
    ...checks.flatMap(({ id, outcome, reason = '' }) => {
      if (outcome === 'fail' && !(id in red) && !may.includes(id)) return [`${id} is red and should not be: ${reason}`];
      const mustAnswer = expected === 'pass' || (alone === true && !(id in unjudged));
      return outcome === 'inconclusive' && mustAnswer ? [`${id} could not judge: ${reason}`] : [];
    }),
    ...unmatched(red, 'fail', checks), ...unmatched(unjudged, 'inconclusive', checks),
    ...Object.entries(remedies).flatMap(([id, says]) => {
      const remedy = checks.find((check) => check.id === id)?.remedy ?? '';
      return says.test(remedy) ? [] : [`${id} has another remedy: ${remedy}`];
    }),
    ...named.filter((hazard) => !findings.some((finding) => finding.hazard === hazard)).map((hazard) => `no finding names ${hazard}`),
  ];
}

const words = { fail: 'red', inconclusive: 'without an answer' };

function unmatched(wanted: Expectation['red'], outcome: 'fail' | 'inconclusive', checks: Report['checks']): string[] {
  return Object.entries(wanted).flatMap(([id, because]) => {
    const check = checks.find((candidate) => candidate.id === id && candidate.outcome === outcome);
    if (!check) return [`${id} is not ${words[outcome]}${instead(checks.find((candidate) => candidate.id === id))}`];
    const said = `${check.reason}\n${check.got ?? ''}`;
    return because.test(said) ? [] : [`${id} is ${words[outcome]} for another reason: ${said.slice(0, 300)}`];
  });
}

/** What the check says in place of what was expected, so that a run that cannot be repeated tells why. */
const instead = (check: Report['checks'][number] | undefined): string => (
  check?.reason === undefined ? '' : `, but ${check.outcome}: ${check.reason.slice(0, 300)}`
);
