import { median } from 'simple-statistics';
import { count, formatBytes, formatDuration } from '../../../model/format.ts';
import type { Report, StartUp } from '../../../model/report.ts';
import { html, type Markup } from '../markup.ts';
import { dataTable } from '../parts/data-table.ts';
import { figure } from '../plot/frame.ts';
import { waterfall, type Span } from '../plot/rows.ts';

/** What happens until a mark is seen. */
const phases = [
  { mark: 'unpacked', name: 'unpacking', shade: 'one' },
  { mark: 'first import', name: 'starting Python', shade: 'two' },
  { mark: 'first output', name: 'importing until first output', shade: 'three' },
  { mark: 'connected', name: 'until connected', shade: 'four' },
  { mark: 'ready', name: 'until ready', shade: 'five' },
] as const;

type Start = { readonly variant: StartUp['variant']; readonly launches: number; readonly spans: readonly Span[] };

/** Where the time of a start goes, subject against baseline: medians over the launches. */
export function startUp({ startUps, contents }: Report): Markup | undefined {
  const starts = (['subject', 'baseline', 'previous'] as const).map((variant) => startOf(variant, startUps))
    .filter(({ spans }) => spans.length > 0);
  if (starts.length === 0) return undefined;
  const bars = starts.map(({ variant, launches, spans }) => ({ name: `${variant}, n ${launches}`, spans }));
  const title = 'From the spawn to ready';
  const remark = 'medians over the launches; ready means that the server lists the worker as a poller';
  return html`${figure(title, remark, waterfall(title, bars))}
${unpacking(starts, contents)}${phaseTable(starts)}`;
}

/** What the first phase of a one-file executable writes; nothing where it could not be timed. */
function unpacking(starts: readonly Start[], contents: Report['contents']): Markup | undefined {
  const span = starts.find(({ variant }) => variant === 'subject')?.spans.find(({ name }) => name === phases[0].name);
  if (contents?.kind !== 'one-file' || span === undefined) return undefined;
  return html`<p>Each start unpacks ${count(contents.extractedFiles, 'file')}, ${formatBytes(contents.extractedBytes)}, in ${
    durationOf(span)}.</p>
`;
}

function startOf(variant: StartUp['variant'], startUps: Report['startUps']): Start {
  const launches = startUps.filter((each) => each.variant === variant);
  const spans: Span[] = [];
  for (const { mark, name, shade } of phases) {
    const times = launches.flatMap(({ marks }) => marks.filter((each) => each.name === mark).map(({ atMs }) => atMs));
    if (times.length === 0) continue;
    const from = spans.at(-1)?.to ?? 0;
    // Not every launch shows every mark, so that a later mark's median can come out below an earlier one's.
    spans.push({ name, shade, from, to: Math.max(from, median(times)) });
  }
  return { variant, launches: launches.length, spans };
}

function phaseTable(starts: readonly Start[]): Markup {
  const rows = phases.flatMap(({ name, shade }) => {
    const spans = starts.map((start) => start.spans.find((span) => span.name === name));
    if (spans.every((span) => span === undefined)) return [];
    return [{ cells: [html`<span class="key ${shade}"></span>${name}`, ...spans.map(durationOf)] }];
  });
  const total = { cells: [html`<b>together</b>`, ...starts.map(({ spans }) => html`<b>${formatDuration(spans.at(-1)?.to ?? 0)}</b>`)] };
  const columns = [{ title: 'phase' }, ...starts.map(({ variant }) => ({ title: variant, align: 'right' as const }))];
  return dataTable({ caption: 'Duration of each phase', quiet: true, columns, rows: [...rows, total], narrow: 'fits' });
}

function durationOf(span: Span | undefined): string {
  return span === undefined ? '–' : formatDuration(span.to - span.from);
}
