import { rowOf } from '../../../model/catalogue.ts';
import { formatValue } from '../../../model/format.ts';
import type { CheckResult, Report } from '../../../model/report.ts';
import { measurementOf } from '../../performance-table.ts';
import { shorten } from '../../../model/text.ts';
import { html, joined, type Markup, type Part } from '../markup.ts';
import { checkAnchor } from '../parts/anchor.ts';
import { badge } from '../parts/badge.ts';
import { dataTable } from '../parts/data-table.ts';
import { lengths, type Section } from './section.ts';

/** A check of one stop: `shutdown.<signal>.<target>.<moment>`. */
type Stop = { readonly check: CheckResult; readonly signal: string; readonly target: string; readonly moment: string };

const most = 24;

/** How it stops: signal against moment, and what a stop must leave behind. */
export const shutdown: Section = {
  id: 'shutdown',
  title: 'Shutdown',
  render(report) {
    const all = report.checks.filter(({ area }) => area === 'shutdown').slice(0, most);
    if (all.length === 0) return undefined;
    const stops = all.flatMap((check) => stopOf(check) ?? []);
    const others = all.filter((check) => stopOf(check) === undefined);
    return joined([stops.length > 0 && matrix(stops, report), others.length > 0 && otherChecks(others)], '\n');
  },
};

function stopOf(check: CheckResult): Stop | undefined {
  const [, signal = '', target = '', moment = ''] = check.id.split('.');
  if (rowOf(check.id)?.stop === undefined) return undefined;
  return { check, signal: shorten(signal.toUpperCase(), 20), target: shorten(target, 30), moment: shorten(moment, 30) };
}

function matrix(stops: readonly Stop[], report: Report): Markup {
  const moments = [...new Set(stops.map(({ moment }) => moment))];
  const rows = [...Map.groupBy(stops, ({ signal, target }) => `${signal} to ${target}`)].map(([name, group]) => ({
    cells: [
      name,
      ...moments.map((moment) => {
        const stop = group.find((each) => each.moment === moment);
        return stop === undefined ? html`<span class="muted">not checked</span>` : cell(stop.check, report);
      }),
    ],
  }));
  return dataTable(
    {
      caption: 'Outcome by signal and by what the worker was doing', columns: ['signal', ...moments].map((title) => ({ title })), rows,
      narrow: 'scroll',
    },
  );
}

function cell(check: CheckResult, report: Report): Part {
  const measured = measurementOf(report, check.id, 'subject');
  const remark = check.reason ?? check.note;
  return html`<a href="#${checkAnchor(check.id)}">${badge(check.outcome)}</a>${
    measured && html` <span class="nowrap">${formatValue(measured.median, measured.unit)}</span>${
      measured.limit !== undefined && html` <span class="muted nowrap">of ${formatValue(measured.limit, measured.unit)}</span>`}`
  }${remark !== undefined && html`<br /><span class="muted">${shorten(remark, lengths.name)}</span>`}`;
}

function otherChecks(checks: readonly CheckResult[]): Markup {
  const rows = checks.map(({ id, title, outcome, reason, note }) => ({
    cells: [html`${shorten(title, lengths.name)}`, html`<a href="#${checkAnchor(id)}">${badge(outcome)}</a>`, shorten(
      reason ?? note ?? '', lengths.line,
    )],
  }));
  return dataTable({ caption: 'After the stop', columns: [{ title: 'promise' }, { title: 'outcome' }, { title: 'remark' }], rows });
}
