import { html, type Markup, type Part } from '../markup.ts';

/** One column of a table; numbers stand to the right, so that their digits are under each other. */
export type Column = { readonly title: string; readonly align?: 'right' };

/** One row: a cell a column, the first of which names it, and the id by which it is linked to. */
type Row = { readonly cells: readonly Part[]; readonly id?: string };

/** A table in words. */
type TableContent = {
  /** What the table shows; read out by screen readers, and shown above it unless `quiet`. */
  readonly caption: string;
  readonly quiet?: boolean;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /**
   * On a narrow screen: `scroll` keeps the columns in a region that scrolls (a matrix), `stack`, the default, puts the cells of a row
   * under each other with their column's title (records), `fits` is for a few short columns, which are never wider than they need.
   */
  readonly narrow?: 'scroll' | 'stack' | 'fits';
};

/** A table with header cells for its columns and rows. */
export function dataTable({ caption, quiet = false, columns, rows, narrow = 'stack' }: TableContent): Markup {
  const table = html`<table class="${narrow}"><caption${quiet && html` class="unseen"`}>${caption}</caption>
<thead><tr>${columns.map(({ title, align }) => html`<th scope="col"${side(align)}>${title}</th>`)}</tr></thead>
<tbody>${rows.map((row) => tableRow(row, columns))}</tbody></table>`;
  // Whoever has no mouse scrolls with the arrow keys once the region has the focus.
  return narrow === 'scroll' ? html`<div class="scroller" role="region" aria-label="${caption}" tabindex="0">${table}</div>` : table;
}

function tableRow({ id, cells }: Row, columns: readonly Column[]): Markup {
  return html`<tr${id !== undefined && html` id="${id}"`}>${cells.map((cell, index) => {
    const { title = '', align } = columns[index] ?? {};
    return index === 0 ? html`<th scope="row"${side(align)}>${cell}</th>` : html`<td data-column="${title}"${side(align)}>${cell}</td>`;
  })}</tr>
`;
}

function side(align: Column['align']): Markup | undefined {
  return align === 'right' ? html` class="number"` : undefined;
}
