import { findingsOf, proofLine } from '../model/explain.ts';
import { formatValue } from '../model/format.ts';
import type { CheckResult, Report } from '../model/report.ts';
import { shorten } from '../model/text.ts';

/** One finding can explain every check: its text must not be multiplied without a bound. */
const longestText = 20_000;

/** What there is to say about a check beside its reason, as `label: text` in the order of reading; a text may have several lines. */
export function detailsOf(report: Report, check: CheckResult): string[] {
  return [
    ...line('expected', check.expected),
    ...line('got', check.got),
    ...line('value', check.value === undefined ? undefined : formatValue(check.value, check.unit)),
    ...line('limit', check.limit === undefined ? undefined : formatValue(check.limit, check.unit)),
    ...findingsOf(report, check.id).flatMap((finding) => [...line('why', `${shorten(finding.hazard, 200)}: ` +
      finding.cause), ...line('do', finding.remedy), ...line('tried', proofLine(finding))]),
    ...line('do', check.remedy),
  ];
}

function line(label: string, text: string | undefined): string[] {
  return text === undefined ? [] : [`${label}: ${shorten(text, longestText)}`];
}
