import { html, type Markup } from '../../report/html/markup.ts';
import { dataTable, type Column } from '../../report/html/parts/data-table.ts';
import { definitions } from '../../report/html/parts/definitions.ts';
import type { Gate } from '../../model/gate.ts';
import { stateBadge } from './html-badge.ts';
import { numberTexts, waiverTexts } from './words.ts';

/** Far above any release; a page of more would not open on a phone. */
const mostRows = 100;

/** What became of each waiver. */
export function waiverTable({ waivers }: Gate): Markup | undefined {
  if (waivers.length === 0) return undefined;
  const rows = waivers.slice(0, mostRows).map((waiver) => {
    const { about, state } = waiverTexts(waiver);
    return {
      cells: [
        html`<code>${about}</code>`, waiver.state === 'used' ? html`<span>${stateBadge('waived', 'used')}</span>` : waiver.state, state,
        waiver.reason,
      ],
    };
  });
  const columns = ['check', 'state', 'what it does', 'reason'].map((title) => ({ title }));
  return html`${dataTable({ caption: 'Waivers', quiet: true, columns, rows })}${cut(waivers.length)}`;
}

/**
 * What was verified on each platform: version and key numbers, then the digests of the executable and of the report, to be compared by eye.
 */
export function identityTable({ platforms }: Gate): Markup | undefined {
  const read = platforms.filter(({ report }) => report !== null);
  if (read.length === 0) return undefined;
  const columns: Column[] = [{ title: 'platform' }, { title: 'version' }, { title: 'commit' }, { title: 'size', align: 'right' }, {
    title: 'ready', align: 'right',
  }, { title: 'memory', align: 'right' }];
  const rows = read.slice(0, mostRows).map(({ id, subject, numbers, report }) => {
    const { size, ready, memory } = numberTexts(numbers);
    return { cells: [id, subject?.version ?? '–', html`<code>${report?.commit?.slice(0, 12) ?? '–'}</code>`, size, ready, memory] };
  });
  const digests = read.slice(0, mostRows).map(({ id, subject, report }) => [
    id, html`<code>${subject?.sha256 ?? '–'}</code> executable<br /><code>${report?.sha256}</code> report.json`,
  ] as const);
  return html`${dataTable({ caption: 'The executable of each platform', quiet: true, columns, rows })}
<h3>sha256</h3>
${definitions(digests)}${cut(read.length)}`;
}

/** The files about to be shipped, and whose report is about them. */
export function artifactTable({ artifacts }: Gate): Markup | undefined {
  if (artifacts.length === 0) return undefined;
  const rows = artifacts.slice(0, mostRows).map(({ file, sha256, platforms }) => ({
    cells: [
      file, platforms.length === 0 ? html`<span>${stateBadge('fail', 'not verified')}</span>` : platforms.join(', '),
      html`<code>${sha256 ?? 'could not be read'}</code>`,
    ],
  }));
  const columns = ['file', 'verified for', 'sha256'].map((title) => ({ title }));
  return html`${dataTable({ caption: 'Files about to be shipped', quiet: true, columns, rows })}${cut(artifacts.length)}`;
}

function cut(rows: number): Markup | undefined {
  return rows > mostRows ? html`<p>And ${rows - mostRows} more, which gate.json holds.</p>` : undefined;
}
