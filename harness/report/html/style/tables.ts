/** Tables: hairlines, numbers under each other; on a phone they scroll by themselves or become blocks. */
export const tables = `
table { border-collapse: collapse; width: 100%; margin: 0 0 .75rem; font-size: .875rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--muted); padding-bottom: .375rem; }
th, td { padding: .3125rem .75rem .3125rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
thead th { font-weight: 500; color: var(--muted); font-size: .8125rem; vertical-align: bottom; }
tbody th { font-weight: 400; }
th.number, td.number { text-align: right; white-space: nowrap; padding-right: 1.25rem; }
table.stack tbody th { min-width: 14rem; }
table.scroll { table-layout: fixed; }
table.fits { width: auto; min-width: min(24rem, 100%); }
table .badge { margin-right: .25rem; }
.scroller { overflow-x: auto; margin-bottom: .75rem; }
.scroller table { margin: 0; }
@media (max-width: 40rem) {
  table.scroll { table-layout: auto; width: auto; min-width: 100%; }
  table.stack tbody th { min-width: 0; }
  table.scroll th, table.scroll td { overflow-wrap: normal; min-width: 6.5rem; }
  table.stack thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  table.stack, table.stack caption, table.stack tbody, table.stack tr, table.stack th, table.stack td { display: block; }
  table.stack tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
  table.stack th, table.stack td, table.stack td.number { padding: .0625rem 0; border: 0; text-align: left; white-space: normal; }
  table.stack td, table.stack td.number { position: relative; padding-left: 5.75rem; }
  table.stack td::before { content: attr(data-column); position: absolute; left: 0; color: var(--muted); }
  table.stack td:empty { display: none; }
}`;
