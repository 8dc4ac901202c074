import { rowOf } from '../../../model/catalogue.ts';
import { byArea, countOutcomes, withOutcome } from '../../../model/explain.ts';
import { count, formatValue } from '../../../model/format.ts';
import type { CheckResult, Report } from '../../../model/report.ts';
import { shorten } from '../../../model/text.ts';
import { measurementOf } from '../../performance-table.ts';
import { html, joined, type Markup, type Part } from '../markup.ts';
import { dataTable, type Column } from '../parts/data-table.ts';
import { fitEach } from '../parts/fit.ts';
import { badge, checkAnchor, fileLink, lengths } from '../parts/parts.ts';

/** For the rows of all areas; what does not fit is in report.json. */
const budgetBytes = 300_000;
const mostOfShutdown = 24;

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

/** How it stops: signal against moment, and what a stop must leave behind. */
export function shutdown(report: Report): Markup | undefined {
  const all = report.checks.filter(({ area }) => area === 'shutdown').slice(0, mostOfShutdown);
  if (all.length === 0) return undefined;
  return joined([matrix(all.filter(({ id }) => isStop(id)), report), otherChecks(all.filter(({ id }) => !isStop(id)))], '\n');
}

/** Whether a check, or the metric of that name, is one of a single stop. */
export function isStop(id: string): boolean {
  return rowOf(id)?.stop === true;
}

/** Checks of one stop each, `shutdown.<signal>.<target>.<moment>`. */
function matrix(all: readonly CheckResult[], report: Report): Markup | undefined {
  if (all.length === 0) return undefined;
  const stops = all.map((check) => {
    const [, signal = '', target = '', moment = ''] = check.id.split('.');
    return { check, name: `${shorten(signal.toUpperCase(), 20)} to ${shorten(target, 30)}`, moment: shorten(moment, 30) };
  });
  const moments = [...new Set(stops.map(({ moment }) => moment))];
  const rows = [...Map.groupBy(stops, ({ name }) => name)].map(([name, group]) => ({
    cells: [name, ...moments.map((moment) => {
      const stop = group.find((each) => each.moment === moment);
      return stop === undefined ? html`<span class="muted">not checked</span>` : stopCell(stop.check, report);
    })],
  }));
  const columns = ['signal', ...moments].map((title) => ({ title }));
  return dataTable({ caption: 'Outcome by signal and by what the worker was doing', columns, rows, narrow: 'scroll' });
}

function stopCell(check: CheckResult, report: Report): Part {
  const measured = measurementOf(report, check.id, 'subject');
  const remark = remarkOf(check);
  return html`${linkedBadge(check)}${
    measured && html` <span class="nowrap">${formatValue(measured.median, measured.unit)}</span>${
      measured.limit !== undefined && html` <span class="muted nowrap">of ${formatValue(measured.limit, measured.unit)}</span>`}`
  }${remark !== undefined && html`<br /><span class="muted">${shorten(remark, lengths.name)}</span>`}`;
}

function otherChecks(all: readonly CheckResult[]): Markup | undefined {
  if (all.length === 0) return undefined;
  const rows = all.map((check) => ({
    cells: [shorten(check.title, lengths.name), linkedBadge(check), shorten(remarkOf(check) ?? '', lengths.line)],
  }));
  return dataTable({ caption: 'After the stop', columns: [{ title: 'promise' }, { title: 'outcome' }, { title: 'remark' }], rows });
}

function linkedBadge({ id, outcome }: CheckResult): Markup {
  return html`<a href="#${checkAnchor(id)}">${badge(outcome)}</a>`;
}

/** Why it is no pass, what is worth knowing of one, or else what it was held against. */
function remarkOf({ reason, note, compared }: CheckResult): string | undefined {
  return reason ?? note ?? (compared && `${compared.count} ${compared.what}`);
}
