import { html, type Markup } from '../markup.ts';

/** Text to copy: line for line, as it is. Long lines are broken for the eye alone. */
export function codeBlock(text: string): Markup {
  // A line end right after <pre> would be lost: https://html.spec.whatwg.org/multipage/grouping-content.html#the-pre-element
  return html`<pre><code>${text.trim()}</code></pre>`;
}
