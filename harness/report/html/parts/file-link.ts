import { html, type Markup } from '../markup.ts';

/** Longer than any path that the harness makes. */
const longest = 300;

/**
 * A link to an evidence file beside the page. A path that is not `evidence/…` or that leaves the folder is shown as text:
 * a report must not be able to send its reader elsewhere.
 */
export function fileLink(title: string, path: string): Markup {
  const target = evidenceTarget(path);
  if (target === undefined) return html`<span class="file">${title}</span>`;
  return html`<a class="${title === path ? 'file' : 'file titled'}" href="${target}">${title}</a>`;
}

/** The path as a relative reference (RFC 3986), or undefined when it is not a file under `evidence/`. */
export function evidenceTarget(path: string): string | undefined {
  const [root, ...names] = path.split('/');
  const plain = names.every((name) => name !== '' && name !== '.' && name !== '..' && name.isWellFormed());
  if (root !== 'evidence' || names.length === 0 || !plain || path.length > longest) return undefined;
  return ['evidence', ...names.map(encodeURIComponent)].join('/');
}
