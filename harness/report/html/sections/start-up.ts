import { median } from 'simple-statistics';
import { formatDuration } from '../../format.ts';
import type { Report, StartUp } from '../../model.ts';
import { html, type Markup } from '../markup.ts';
import { dataTable } from '../parts/data-table.ts';
import { waterfall, type Span } from '../plot/waterfall.ts';
import type { Section } from './section.ts';

type Variant = StartUp['variant'];
type Bar = { readonly name: Variant; readonly launches: number; readonly spans: readonly Span[] };

/** What happens until a mark is seen. */
const phases = [
  { mark: 'unpacked', name: 'unpacking', shade: 'one' },
  { mark: 'first output', name: 'importing until first output', shade: 'two' },
  { mark: 'ready', name: 'connecting until ready', shade: 'three' },
] as const;

/** Where the time of a start goes, subject against baseline: medians over the launches. */
export const startUp: Section = {
  id: 'start-up',
  title: 'Start-up',
  render({ startUps }) {
    const bars = (['subject', 'baseline', 'previous'] as const).flatMap((variant) => barOf(variant, startUps) ?? []);
    if (bars.length === 0) return undefined;
    const rows = bars.map(({ name, launches, spans }) => ({ name: `${name}, n ${launches}`, spans }));
    const title = 'From the spawn to ready';
    return html`<figure><figcaption><b>${title}</b> <span class="muted">medians over the launches; ready means that the server lists the worker as a poller</span></figcaption>
${waterfall({ title, unit: 'ms', rows })}</figure>
${phaseTable(bars)}`;
  },
};

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
    return [{ cells: [html`<span class="key ${shade}"></span>${name}`, ...spans.map((span) => (span === undefined ? '–' : formatDuration(span.to - span.from)))] }];
  });
  const total = { cells: [html`<b>together</b>`, ...bars.map(({ spans }) => html`<b>${formatDuration(spans.at(-1)?.to ?? 0)}</b>`)] };
  const columns = [{ title: 'phase' }, ...bars.map(({ name }) => ({ title: name, align: 'right' as const }))];
  return dataTable({ caption: 'Duration of each phase', quiet: true, columns, rows: [...rows, total], narrow: 'fits' });
}
