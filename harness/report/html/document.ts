import { readFileSync } from 'node:fs';
import { html, verbatim, type Markup } from './markup.ts';

/** What a page needs to know. */
type PageContent = {
  /** For the browser's tab; plain text. */
  readonly title: string;
  /** What stands in the main landmark, from its `<h1>` on. */
  readonly body: Markup;
  /** Sections of the body to jump to, by the id of their element; leave it out for a short page. */
  readonly navigation?: readonly { readonly id: string; readonly title: string }[];
  /** Files beside the page that hold the same in other forms: relative names, which are constants of this project. */
  readonly files?: readonly string[];
};

// https://www.w3.org/TR/CSP3/: nothing is loaded and nothing runs; the style sheet stands in the page.
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** A whole document that opens offline: no script, no request, light and dark, for screen, phone and paper; well-formed XML as well. */
export function page({ title, body, navigation = [], files = [] }: PageContent): string {
  const document = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="${policy}" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<meta name="referrer" content="no-referrer" />
<link rel="icon" href="data:," />
<title>${title}</title>
<style>
${verbatim(styleSheet())}</style>
</head>
<body>
${navigation.length > 0 && html`<a class="skip" href="#main">Skip to the report</a>
<nav aria-label="Sections"><ul>${navigation.map(({ id, title: name }) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>`}
<main id="main">
${body}
</main>
${files.length > 0 && html`<footer><p>The same in other forms: ${files.map((file, index) => html`${index > 0 ? ', ' : ''}<a href="${
  file}">${file}</a>`)}.</p></footer>`}
</body>
</html>
`;
  return document.toString();
}

/** The style sheet of every page, without its comments: no file, font or picture from elsewhere. */
function styleSheet(): string {
  return readFileSync(new URL('page.css', import.meta.url), 'utf8').replace(/^\/\*.*\n/gm, '');
}
