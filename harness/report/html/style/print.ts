/** Paper: everything is unfolded, nothing needs a click, and what belongs together stays on one page where it fits. */
export const print = `
@page { margin: 14mm 12mm; }
@media print {
  html { font-size: 75%; }
  body, body:has(> nav) { display: block; max-width: none; padding: 0; }
  nav, .skip { display: none; }
  details::details-content { content-visibility: visible; display: block; block-size: auto; }
  summary { list-style: none; }
  summary::-webkit-details-marker { display: none; }
  .verdict, .badge, .log .told { print-color-adjust: exact; }
  .scroller { overflow: visible; }
  .scroller table { font-size: .75rem; }
  .scroller th, .scroller td { padding-right: .375rem; }
  h1, h2, h3, h4, summary, caption, figcaption, thead { break-after: avoid; }
  figure, tr, .card, .verdict, .log .line, .definitions > div { break-inside: avoid; }
  p, li { orphans: 3; widows: 3; }
  section { margin-top: 1.5rem; padding-top: .875rem; }
  a { color: inherit; }
  a.titled::after { content: " (" attr(href) ")"; color: var(--muted); }
}`;
