import { rowOf } from '../../../model/catalogue.ts';
import { formatValue } from '../../../model/format.ts';
import type { CheckResult, Report } from '../../../model/report.ts';
import { shorten } from '../../../model/text.ts';
import { measurementOf } from '../../performance-table.ts';
import { html, joined, type Markup, type Part } from '../markup.ts';
import { dataTable } from '../parts/data-table.ts';
import { badge, checkAnchor, lengths } from '../parts/parts.ts';

const most = 24;

/** How it stops: signal against moment, and what a stop must leave behind. */
export function shutdown(report: Report): Markup | undefined {
  const all = report.checks.filter(({ area }) => area === 'shutdown').slice(0, most);
  if (all.length === 0) return undefined;
  return joined([matrix(all.filter(({ id }) => isStop(id)), report), otherChecks(all.filter(({ id }) => !isStop(id)))], '\n');
}

/** Whether a check, or the metric of that name, is one of a single stop. */
export function isStop(id: string): boolean {
  return rowOf(id)?.stop === true;
}

/** Checks of one stop each, `shutdown.<signal>.<target>.<moment>`. */
function matrix(checks: readonly CheckResult[], report: Report): Markup | undefined {
  if (checks.length === 0) return undefined;
  const stops = checks.map((check) => {
    const [, signal = '', target = '', moment = ''] = check.id.split('.');
    return { check, name: `${shorten(signal.toUpperCase(), 20)} to ${shorten(target, 30)}`, moment: shorten(moment, 30) };
  });
  const moments = [...new Set(stops.map(({ moment }) => moment))];
  const rows = [...Map.groupBy(stops, ({ name }) => name)].map(([name, group]) => ({
    cells: [name, ...moments.map((moment) => {
      const stop = group.find((each) => each.moment === moment);
      return stop === undefined ? html`<span class="muted">not checked</span>` : cell(stop.check, report);
    })],
  }));
  const columns = ['signal', ...moments].map((title) => ({ title }));
  return dataTable({ caption: 'Outcome by signal and by what the worker was doing', columns, rows, narrow: 'scroll' });
}

function cell(check: CheckResult, report: Report): Part {
  const measured = measurementOf(report, check.id, 'subject');
  const remark = check.reason ?? check.note;
  return html`${linkedBadge(check)}${
    measured && html` <span class="nowrap">${formatValue(measured.median, measured.unit)}</span>${
      measured.limit !== undefined && html` <span class="muted nowrap">of ${formatValue(measured.limit, measured.unit)}</span>`}`
  }${remark !== undefined && html`<br /><span class="muted">${shorten(remark, lengths.name)}</span>`}`;
}

function otherChecks(checks: readonly CheckResult[]): Markup | undefined {
  if (checks.length === 0) return undefined;
  const rows = checks.map((check) => ({
    cells: [shorten(check.title, lengths.name), linkedBadge(check), shorten(check.reason ?? check.note ?? '', lengths.line)],
  }));
  return dataTable({ caption: 'After the stop', columns: [{ title: 'promise' }, { title: 'outcome' }, { title: 'remark' }], rows });
}

function linkedBadge({ id, outcome }: CheckResult): Markup {
  return html`<a href="#${checkAnchor(id)}">${badge(outcome)}</a>`;
}
