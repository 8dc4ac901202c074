import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

const style = `
:root { color-scheme: light dark; --ink: #1f2328; --paper: #fff; --line: #d1d9e0; --soft: #f6f8fa; --link: #0550ae; }
@media screen and (prefers-color-scheme: dark) { :root { --ink: #f0f6fc; --paper: #0d1117; --line: #3d444d; --soft: #151b23;
  --link: #79b8ff; } }
@media print { :root { color-scheme: light; } details::details-content { content-visibility: visible; display: block; } }
body { margin: 0 auto; padding: 24px; max-width: 900px; color: var(--ink); background: var(--paper); font: 16px/1.5 system-ui, sans-serif;
  overflow-wrap: break-word; }
a { color: var(--link); }
table { display: block; width: max-content; max-width: 100%; overflow: auto; border-collapse: collapse; }
th, td { padding: 6px 13px; border: 1px solid var(--line); }
code, pre { font: 13.6px/1.45 ui-monospace, monospace; background: var(--soft); }
pre { padding: 16px; overflow: auto; }
blockquote { margin: 0 0 16px; padding: 0 1em; border-left: 4px solid var(--line); }`;

/**
 * Markdown as GitHub shows it, nearly: GitHub Flavored Markdown with raw HTML, in a plain page of GitHub's measures.
 * For tests alone; GitHub cleans the HTML in it, this does not.
 */
export function githubPage(title: string, markdown: string): string {
  const body = micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] })
    // GitHub lets the keyboard scroll what is too wide.
    .replace(/<(table|pre)>/g, '<$1 tabindex="0">');
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<title>${title}</title><style>${style}</style></head><body><main><h1>${title}</h1>${body}</main></body></html>`;
}
