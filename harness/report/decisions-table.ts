import type { RegressionDecision, Report } from '../model/report.ts';
import { oneLine } from '../model/text.ts';

/** What stands above the decisions. */
export const decisionsTitle = 'Beside the last release';

/** Each decision in words: what was compared, the answer, and its sentence; none where no last release was named. */
export function decisionRows(
  { decisions = [] }: Report,
): { readonly metric: string; readonly answer: RegressionDecision['answer']; readonly sentence: string }[] {
  return decisions.map(({ metric, answer, sentence }) => ({ metric: oneLine(metric), answer, sentence: oneLine(sentence) }));
}

/** The same as a table in words: its header and its cells. */
export function decisionsTable(report: Report): { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] } {
  return {
    header: ['compared', 'answer', 'what the pairs say'],
    rows: decisionRows(report).map(({ metric, answer, sentence }) => [metric, answer, sentence]),
  };
}
