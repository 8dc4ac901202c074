import { byArea, countOutcomes, withOutcome } from '../../../model/explain.ts';
import { count, formatValue } from '../../../model/format.ts';
import type { CheckResult, Report } from '../../../model/report.ts';
import { shorten } from '../../../model/text.ts';
import { html, joined, type Markup, type Part } from '../markup.ts';
import { dataTable, type Column } from '../parts/data-table.ts';
import { fitEach } from '../parts/fit.ts';
import { badge, checkAnchor, fileLink, lengths } from '../parts/parts.ts';

/** For the rows of all areas; what does not fit is in report.json. */
const budgetBytes = 300_000;

/** Every check by area; an area is unfolded when something failed in it, evidence is folded away. */
export function checks(report: Report): Markup | undefined {
  if (report.checks.length === 0) return undefined;
  const bytesPerCheck = budgetBytes / report.checks.length;
  return joined(byArea(report).map(({ area, checks: all }) => areaBlock(area, all, bytesPerCheck * all.length)), '\n');
}

function areaBlock(area: string, all: readonly CheckResult[], areaBytes: number): Markup {
  const failed = all.some(({ outcome }) => outcome === 'fail');
  const measured = all.some(({ value }) => value !== undefined);
  const numbers: Column[] = measured ? [{ title: 'value', align: 'right' }, { title: 'limit', align: 'right' }] : [];
  const columns = [{ title: 'check' }, { title: 'outcome' }, ...numbers, { title: 'remark' }];
  const { omitted } = fitEach(all, areaBytes, (check) => html`${cells(check, measured)}`);
  const rows = all.slice(0, all.length - omitted).map((check) => ({ id: checkAnchor(check.id), cells: cells(check, measured) }));
  return html`<details class="area"${failed && html` open=""`}><summary><h3>${area}</h3> ${outcomeBadges(all)}</summary>
${dataTable({ caption: `Checks of the area ${area}`, quiet: true, columns, rows })}${omitted > 0 && html`<p>${
  count(omitted, 'more check')}: see report.json.</p>`}</details>`;
}

/** How many checks came out how, what weighs most first. */
function outcomeBadges(all: readonly CheckResult[]): Markup {
  return joined((['fail', 'inconclusive', 'pass', 'not-applicable'] as const).map((outcome) => {
    const words = countOutcomes(withOutcome(all, outcome));
    return words !== '' && badge(outcome, words);
  }), ' ');
}

function cells({ id, title, outcome, value, limit, unit, note, reason, evidence }: CheckResult, measured: boolean): Part[] {
  const number = (each: number | undefined) => each !== undefined && formatValue(each, unit && shorten(unit, 20));
  const files = evidence.slice(0, 5).map((one) => html`<li>${fileLink(shorten(one.title, lengths.name), one.path)}</li>`);
  return [
    html`<code>${shorten(id, lengths.name)}</code><br /><span class="muted">${shorten(title, lengths.name)}</span>`,
    badge(outcome),
    ...(measured ? [number(value), number(limit)] : []),
    html`${shorten(reason ?? note ?? '', lengths.line)}${
      files.length > 0 && html`<details><summary>evidence</summary><ul>${files}</ul></details>`}`,
  ];
}
