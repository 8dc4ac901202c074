import type { Gate, GateDecision, GatePlatform } from '../../model/gate.ts';
import { metricTitle } from '../../model/regression-metrics.ts';
import { answerWords, effectWords, limitWords } from '../../report/effect-words.ts';

/** What was decided about a metric on a platform, in words, and how that counts. */
export type DecisionCell = {
  readonly answer: string;
  readonly state: Exclude<GatePlatform['state'], 'missing'>;
  readonly effect: string;
  readonly limit: string;
};

/** What stands above the decisions of all platforms. */
export const decisionsTitle = 'Beside the last release';

/** What the numbers mean. */
export const decisionsLegend =
  'The median change from the last release with its interval of 95 %; more is worse. Exact metrics have no interval.';

/** More columns nobody reads, and a report's folder may hold any number. */
const mostPlatforms = 20;

/** Metrics by the platforms that have a report, where any of them was compared; a platform that was not has no cells. */
export function decisionRows({ platforms: all }: Gate): {
  readonly platforms: readonly string[];
  /** So many platforms are left out. */
  readonly omitted: number;
  readonly rows: readonly { readonly metric: string; readonly cells: readonly (DecisionCell | undefined)[] }[];
} {
  const withReport = all.filter(({ report }) => report !== null);
  const platforms = withReport.slice(0, mostPlatforms);
  const metrics = [...new Set(platforms.flatMap(({ decisions = [] }) => decisions.map(({ metric }) => metric)))];
  return {
    platforms: platforms.map(({ id }) => id),
    omitted: withReport.length - platforms.length,
    rows: metrics.map((metric) => ({
      metric: metricTitle(metric),
      cells: platforms.map(({ decisions = [] }) => worst(decisions.filter((one) => one.metric === metric))),
    })),
  };
}

/** A report may hold two decisions about one metric: the better one must not hide the other. */
function worst(same: readonly GateDecision[]): DecisionCell | undefined {
  const [one] = (['fail', 'inconclusive', 'pass'] as const).flatMap((answer) => same.filter((each) => each.answer === answer));
  if (one === undefined) return undefined;
  const answer = `${answerWords[one.answer]}${one.waived ? ', waived' : ''}`;
  return { answer, state: one.waived ? 'waived' : one.answer, effect: effectWords(one), limit: limitWords(one) };
}
