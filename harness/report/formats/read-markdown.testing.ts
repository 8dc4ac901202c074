import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

export type ReadMarkdown = {
  /** The start tags in order, for example `h1 p strong table thead tr th`. */
  readonly elements: readonly string[];
  readonly links: readonly string[];
  /** The text of the headings, with their level. */
  readonly headings: readonly string[];
  readonly html: string;
};

/** For tests: reads GitHub-flavoured Markdown as GitHub does before it removes dangerous elements, so that each of them can be seen. */
export function readMarkdown(markdown: string): ReadMarkdown {
  const html = micromark(
    markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true, allowDangerousProtocol: true },
  );
  return {
    elements: [...html.matchAll(/<([a-z][a-z0-9]*)/gi)].map(([, name = '']) => name.toLowerCase()),
    links: [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, target = '']) => target),
    headings: [...html.matchAll(/<h([1-6])>(.*?)<\/h\1>/gs)].map(([, level, text = '']) => `${level} ${text.replace(/<[^>]*>/g, '')}`),
    html,
  };
}

/** Text outside of tags in which a `>` is left: the reader took an element for dangerous and took its `<` away. */
export function disarmedElements(html: string): string[] {
  return html.replace(/<[^>]*>/g, '').match(/[^\n]{0,20}>/g) ?? [];
}
