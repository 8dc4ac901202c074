import { median } from 'simple-statistics';
import { count, formatBytes, formatDuration } from '../../../model/format.ts';
import type { Report, StartUp } from '../../../model/report.ts';
import { html, type Markup } from '../markup.ts';
import { dataTable } from '../parts/data-table.ts';
import { waterfall, type Span } from '../plot/waterfall.ts';
import type { Section } from './section.ts';

type Variant = StartUp['variant'];
type Bar = { readonly name: Variant; readonly launches: number; readonly spans: readonly Span[] };

/** What happens until a mark is seen. */
const phases = [
  { mark: 'unpacked', name: 'unpacking', shade: 'one' },
  { mark: 'first import', name: 'starting Python', shade: 'two' },
  { mark: 'first output', name: 'importing until first output', shade: 'three' },
  { mark: 'connected', name: 'until connected', shade: 'four' },
  { mark: 'ready', name: 'until ready', shade: 'five' },
] as const;

/** Where the time of a start goes, subject against baseline: medians over the launches. */
export const startUp: Section = {
  id: 'start-up',
  title: 'Start-up',
  render({ startUps, contents }) {
    const bars = (['subject', 'baseline', 'previous'] as const).flatMap((variant) => barOf(variant, startUps) ?? []);
    if (bars.length === 0) return undefined;
    const rows = bars.map(({ name, launches, spans }) => ({ name: `${name}, n ${launches}`, spans }));
    const title = 'From the spawn to ready';
    return html`<figure><figcaption><b>${
      title}</b> <span class="muted">medians over the launches; ready means that the server lists the worker as a poller</span></figcaption>
${waterfall({ title, unit: 'ms', rows })}</figure>
${unpacking(bars, contents)}${phaseTable(bars)}`;
  },
};

/** What the first phase of a one-file executable writes; nothing where it could not be timed. */
function unpacking(bars: readonly Bar[], contents: Report['contents']): Markup | undefined {
  const span = bars.find(({ name }) => name === 'subject')?.spans.find(({ name }) => name === phases[0].name);
  if (contents?.kind !== 'one-file' || span === undefined) return undefined;
  return html`<p>Each start unpacks ${count(contents.extractedFiles, 'file')}, ${formatBytes(contents.extractedBytes)}, in ${
    formatDuration(span.to - span.from)}.</p>
`;
}

function barOf(variant: Variant, startUps: Report['startUps']): Bar | undefined {
  const launches = startUps.filter((each) => each.variant === variant);
  const spans: Span[] = [];
  for (const { mark, name, shade } of phases) {
    const times = launches.flatMap(({ marks }) => marks.filter((each) => each.name === mark).map(({ atMs }) => atMs));
    if (times.length === 0) continue;
    const from = spans.at(-1)?.to ?? 0;
    // Not every launch shows every mark, so that a later mark's median can come out below an earlier one's.
    spans.push({ name, shade, from, to: Math.max(from, median(times)) });
  }
  return spans.length === 0 ? undefined : { name: variant, launches: launches.length, spans };
}

function phaseTable(bars: readonly Bar[]): Markup {
  const rows = phases.flatMap(({ name, shade }) => {
    const spans = bars.map((bar) => bar.spans.find((span) => span.name === name));
    if (spans.every((span) => span === undefined)) return [];
    return [{ cells: [html`<span class="key ${shade}"></span>${name}`, ...spans.map(
      (span) => (span === undefined ? '–' : formatDuration(span.to - span.from)),
    )] }];
  });
  const total = { cells: [html`<b>together</b>`, ...bars.map(({ spans }) => html`<b>${formatDuration(spans.at(-1)?.to ?? 0)}</b>`)] };
  const columns = [{ title: 'phase' }, ...bars.map(({ name }) => ({ title: name, align: 'right' as const }))];
  return dataTable({ caption: 'Duration of each phase', quiet: true, columns, rows: [...rows, total], narrow: 'fits' });
}
