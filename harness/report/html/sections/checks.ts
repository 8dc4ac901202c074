import { byArea, countOutcomes } from '../../../model/explain.ts';
import { count, formatValue } from '../../../model/format.ts';
import type { CheckResult, Outcome } from '../../../model/report.ts';
import { shorten } from '../../../model/text.ts';
import { html, joined, type Markup, type Part } from '../markup.ts';
import { checkAnchor } from '../parts/anchor.ts';
import { badge } from '../parts/badge.ts';
import { dataTable } from '../parts/data-table.ts';
import { fileLink } from '../parts/file-link.ts';
import { fitEach } from '../parts/fit.ts';
import { lengths, type Section } from './section.ts';

/** For the rows of all areas; what does not fit is in report.json. */
const budgetBytes = 300_000;

/** Every check by area; an area is unfolded when something failed in it, evidence is folded away. */
export const checks: Section = {
  id: 'checks',
  title: 'Checks by area',
  render(report) {
    if (report.checks.length === 0) return undefined;
    const shareBytes = (all: readonly CheckResult[]) => (budgetBytes * all.length) / report.checks.length;
    return joined(byArea(report).map(({ area, checks: all }) => areaBlock(area, all, shareBytes(all))), '\n');
  },
};

function areaBlock(area: string, all: readonly CheckResult[], areaBytes: number): Markup {
  const failed = all.some(({ outcome }) => outcome === 'fail');
  const measured = all.some(({ value }) => value !== undefined);
  const columns = [
    { title: 'check' },
    { title: 'outcome' },
    ...(measured ? [{ title: 'value', align: 'right' } as const, { title: 'limit', align: 'right' } as const] : []),
    { title: 'remark' },
  ];
  const { omitted } = fitEach(all, areaBytes, (check) => html`${cells(check, measured)}`);
  const rows = all.slice(0, all.length - omitted).map((check) => ({ id: checkAnchor(check.id), cells: cells(check, measured) }));
  return html`<details class="area"${failed && html` open=""`}><summary><h3>${area}</h3> ${outcomeBadges(all)}</summary>
${dataTable({ caption: `Checks of the area ${area}`, quiet: true, columns, rows })}${omitted > 0 && html`<p>${
  count(omitted, 'more check')}: see report.json.</p>`}</details>`;
}

/** How many checks came out how, what weighs most first. */
function outcomeBadges(all: readonly CheckResult[]): Markup {
  const order: readonly Outcome[] = ['fail', 'inconclusive', 'pass', 'not-applicable'];
  const present = order.map(
    (outcome) => ({ outcome, of: all.filter((check) => check.outcome === outcome) }),
  ).filter(({ of }) => of.length > 0);
  return joined(present.map(({ outcome, of }) => badge(outcome, countOutcomes(of))), ' ');
}

function cells(check: CheckResult, measured: boolean): Part[] {
  const { id, title, outcome, value, limit, unit } = check;
  const number = (each: number | undefined) => each !== undefined && formatValue(each, unit === undefined ? undefined : shorten(unit, 20));
  return [
    html`<code>${shorten(id, lengths.name)}</code><br /><span class="muted">${shorten(title, lengths.name)}</span>`,
    badge(outcome),
    ...(measured ? [number(value), number(limit)] : []),
    remark(check),
  ];
}

function remark({ note, reason, evidence }: CheckResult): Part {
  const text = shorten(reason ?? note ?? '', lengths.line);
  if (evidence.length === 0) return text;
  const files = evidence.slice(0, 5).map(({ title, path }) => html`<li>${fileLink(shorten(title, lengths.name), path)}</li>`);
  return html`${text}<details><summary>evidence</summary><ul>${files}</ul></details>`;
}
