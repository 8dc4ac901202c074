import { areaOf } from '../../harness/model/catalogue.ts';
import type { Finding, Report } from '../../harness/model/report.ts';
import { asks } from '../../harness/model/sureness.ts';

/** What is to be said of a fault. */
export type Asked = {
  readonly hazard: string; readonly remedy: RegExp; readonly question: boolean;
  /** Other hazards that are right, too. */
  readonly also?: readonly string[];
};

/** What was said of a faulty build. */
export type Said = {
  /** `inspect --baseline` ended with 1, and its text has the remedy. */
  readonly inspect: 'found' | 'named' | 'no';
  readonly red: boolean;
  readonly cause: boolean;
  readonly remedy: boolean;
  /** Of the right remedy. */
  readonly sure?: Finding['sure'];
  readonly proof?: string;
  /** Findings of other causes whose remedies are not asked as questions, and which nothing has proved. */
  readonly wrong: readonly string[];
};

/** What was said of a right build; what is not empty is a false alarm. */
export type Silent = { readonly inspect: number | undefined; readonly verdict: string; readonly said: readonly string[] };

/** Holds what inspect and a report said against what was to be said. */
export function judge(
  { hazard, remedy, also = [] }: Asked, inspect: { readonly code: number | undefined; readonly text: string }, report: Report,
): Said {
  const explaining = report.findings.filter(({ explains }) => explains.length > 0);
  const right = explaining.filter((finding) => finding.hazard === hazard);
  const helping = right.find((finding) => remedy.test(finding.remedy));
  const isFound = inspect.code === 1;
  return {
    inspect: isFound && remedy.test(inspect.text) ? 'named' : isFound ? 'found' : 'no',
    red: report.verdict.outcome === 'fail', cause: right.length > 0, remedy: helping !== undefined,
    ...(helping?.sure && { sure: helping.sure }), ...(helping?.proof && { proof: helping.proof.outcome }),
    wrong: explaining.filter((finding) => ![hazard, ...also].includes(finding.hazard) && isCertain(finding)).map((finding) => (
      `${finding.hazard}: ${finding.remedy}`
    )),
  };
}

/** Neither asked as a question nor proved. */
function isCertain({ sure, proof, remedy }: Finding): boolean {
  return sure !== 'a question' && !asks(remedy) && proof?.outcome !== 'proved';
}

/** What a right build was told; that a machine was too busy for times to be judged says nothing about it. */
export function silence(inspect: { readonly code: number | undefined }, report: Report): Silent {
  const { outcome, sentence } = report.verdict;
  const isTold = outcome === 'fail' || report.checks.some((check) => (
    check.outcome === 'inconclusive' && areaOf(check.id) !== 'performance'
  ));
  return {
    inspect: inspect.code, verdict: outcome,
    said: [...(isTold ? [sentence] : []), ...report.findings.map(({ hazard, cause }) => `${hazard}: ${cause}`)],
  };
}
