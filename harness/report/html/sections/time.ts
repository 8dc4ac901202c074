import { formatBytes, formatDuration } from '../../../model/format.ts';
import { shorten } from '../../../model/text.ts';
import { timeSummary } from '../../timing.ts';
import { html } from '../markup.ts';
import { dataTable } from '../parts/data-table.ts';
import { lengths, type Section } from './section.ts';

/** How long the run took, by phase. */
export const time: Section = {
  id: 'time',
  title: 'Where the time went',
  render(report) {
    const { phases, peakResidentBytes } = report.tool;
    const rows = phases.slice(0, 30).map(({ name, durationMs }) => ({ cells: [shorten(name, lengths.name), formatDuration(durationMs)] }));
    const columns = [{ title: 'phase' }, { title: 'time', align: 'right' as const }];
    return html`<p>${timeSummary(report)}. The harness held at most ${formatBytes(peakResidentBytes)} of memory.</p>
${rows.length > 0 && dataTable({ caption: 'Duration of each phase of the run', quiet: true, columns, rows, narrow: 'fits' })}`;
  },
};
