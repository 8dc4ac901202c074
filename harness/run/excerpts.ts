import type { CheckResult, Evidence, Finding } from '../model/report.ts';
import { boundedLines, clean, oneLine, shorten, withoutLastLineEnds } from '../model/text.ts';

type Excerpt = NonNullable<Evidence['excerpt']>;

const headLines = 20;
const tailLines = 40;
const tellingLines = 20;
const lineLimit = 300;

/** All excerpts of a report together; a run in which everything failed must not make a page of megabytes. */
const charactersOfAll = 300_000;

/**
 * The checks that did not pass, with the lines of their evidence that a reader needs: the first 20, the last 40, and those that
 * a finding about the check quotes, each with the line after it. Everything else stays in the files.
 */
export function withExcerpts(
  checks: readonly CheckResult[], findings: readonly Finding[], textOf: (path: string) => string,
): CheckResult[] {
  let left = charactersOfAll;
  return checks.map((check) => {
    if (check.outcome !== 'fail' && check.outcome !== 'inconclusive') return check;
    const telling = findings.filter((finding) => finding.explains.includes(check.id));
    const evidence = check.evidence.map((item) => {
      const excerpt = excerptOf(textOf(item.path), telling);
      const size = excerpt.reduce((sum, line) => sum + line.text.length, 0);
      if (size > left || excerpt.length === 0) return item;
      left -= size;
      return { ...item, excerpt };
    });
    return { ...check, evidence };
  });
}

/** The lines of one text that a reader needs, numbered from 1; `findings` are those that may be quoted from it. */
export function excerptOf(text: string, findings: readonly Finding[]): Excerpt {
  const whole = withoutLastLineEnds(clean(text));
  const lines = whole === '' ? [] : boundedLines(whole);
  const quotes = findings.map(({ hazard, line }) => ({ hazard, line: oneLine(line) })).filter(({ line }) => line !== '');
  const hazards = new Map<number, string>();
  for (const [index, line] of lines.entries()) {
    const flat = oneLine(line);
    const quote = quotes.find((candidate) => flat.includes(candidate.line));
    if (quote && hazards.size < tellingLines) hazards.set(index, quote.hazard);
  }
  return lines.flatMap((line, index) => {
    const hazard = hazards.get(index);
    const wanted = index < headLines || index >= lines.length - tailLines || hazard !== undefined || hazards.has(index - 1);
    return wanted ? [{ number: index + 1, text: around(line, quotes), ...(hazard && { hazard }) }] : [];
  });
}

/** A long line is shown where its quote stands; quotes have their white space collapsed, so the line has too. */
function around(line: string, quotes: readonly { readonly line: string }[]): string {
  if (line.length <= lineLimit) return line;
  const flat = oneLine(line);
  const column = Math.max(0, ...quotes.map((quote) => flat.indexOf(quote.line)));
  const start = Math.max(0, Math.min(column - 40, flat.length - lineLimit));
  return `${start > 0 ? '…' : ''}${shorten(flat.slice(start), lineLimit)}`;
}
