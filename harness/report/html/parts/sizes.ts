import type { Contents } from '../../../model/report.ts';
import { formatBytes } from '../../../model/format.ts';
import { formatShare, sizeRows, type SizeRow } from '../../size-rows.ts';
import { shorten } from '../../../model/text.ts';
import { html, type Markup } from '../markup.ts';
import { figure, type Tone } from '../plot/frame.ts';
import { treemap } from '../plot/treemap.ts';
import { dataTable } from './data-table.ts';

const shownRows = 12;
/** Smaller ones would be specks. */
const leastShare = 0.002;
const mostCells = 150;

const keys: readonly { readonly tone: Tone; readonly name: string }[] = [
  { tone: 'manager', name: 'Python' },
  { tone: 'subject', name: 'distributions' },
  { tone: 'previous', name: 'shared libraries' },
  { tone: 'baseline', name: 'others' },
];

/** What each distribution takes: a picture, then the largest in numbers; nothing where nothing takes anything. */
export function sizesByDistribution(contents: Contents): Markup | undefined {
  if (contents.sizes.every(({ storedBytes }) => storedBytes === 0)) return undefined;
  const title = contents.kind === 'one-file' ? 'What the executable is made of' : 'What the folder is made of';
  const cells = sizeRows(contents, mostCells, leastShare).map(
    (row) => ({ name: row.name, tone: toneOf(row, contents), value: row.storedBytes }),
  );
  return html`${figure(title, 'stored size by distribution', treemap(title, cells), keys)}
<p class="small muted">Stored: in the executable or its folder, mostly compressed. Unpacked: on the disk of a running copy; ${
  'modules stay in the executable.'}</p>
${table(contents)}`;
}

/** Python and the shared libraries are words of the contents themselves; the row of the others is none of the sizes. */
function toneOf({ name }: SizeRow, { sizes }: Contents): Tone {
  if (name === 'Python') return 'manager';
  if (name === 'shared libraries') return 'previous';
  return sizes.some((size) => size.name === name) ? 'subject' : 'baseline';
}

function table(contents: Contents): Markup {
  const columns = [{ title: 'distribution' }, ...['stored', 'unpacked', 'share'].map((title) => ({ title, align: 'right' as const }))];
  const rows = sizeRows(contents, shownRows).map(({ name, version, storedBytes, extractedBytes, share }) => ({
    cells: [
      html`${shorten(name, 100)}${version !== undefined && html` <span class="muted">${shorten(version, 40)}</span>`}`,
      formatBytes(storedBytes), formatBytes(extractedBytes), formatShare(share),
    ],
  }));
  return dataTable({ caption: 'Size of the largest distributions', quiet: true, columns, rows, narrow: 'fits' });
}
