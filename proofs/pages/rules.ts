import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { readPage } from '../../harness/report/html/read-page.testing.ts';
import type { Form } from './forms.ts';

/** What a rule may look at beside the page itself. */
export type Subject = {
  /** The file's text. */
  readonly text: string;
  readonly form: Form;
  /** Whether the page is one of the harness's own documents. */
  readonly strict: boolean;
};

/** Looks at an open page; returns a sentence for everything that is wrong with it. */
export type Rule = (page: Page, subject: Subject) => Promise<string[]>;

const smallestTextPx = 11;

const noSidewaysScroll: Rule = async (page) => {
  const [content, window] = await page.evaluate<[number, number]>('[document.documentElement.scrollWidth, ' +
    'document.documentElement.clientWidth]');
  return content > window ? [`scrolls sideways: ${content} px in ${window} px`] : [];
};

const headingsInOrder: Rule = async (page) => {
  const levels = await page.evaluate<number[]>(`[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((heading) => ` +
    'Number(heading.tagName[1]))');
  const jump = levels.findIndex((level, index) => level > (levels[index - 1] ?? 0) + 1);
  return [
    ...(levels.filter((level) => level === 1).length === 1 ? [] : ['has not exactly one h1']),
    ...(jump === -1 ? [] : [`leaves out a level of headings: h${levels[jump - 1] ?? 0}, then h${levels[jump]}`]),
  ];
};

const readableText: Rule = async (page, { form }) => {
  if (form.media === 'print') return [];
  const small = await page.evaluate<string[]>(`(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) {
      const node = texts.currentNode;
      const size = parseFloat(getComputedStyle(node.parentElement).fontSize);
      if (node.data.trim() !== '' && size < ${smallestTextPx}) found.push(size + ' px: ' + node.data.trim().slice(0, 40));
    }
    return found;
  })()`);
  return small.slice(0, 3).map((text) => `text is too small, ${text}`);
};

/** All rules of axe; of a page around which GitHub stands, those of WCAG alone, without axe's own advice. */
const accessible: Rule = async (page, { strict }) => {
  const wanted = strict ? {} : { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>(`axe.run(${JSON.stringify(wanted)})`);
  return violations.map(({ id, help, nodes }) => `axe ${id}: ${help}: ` +
    nodes.slice(0, 3).map(({ html }) => html.slice(0, 120)).join(' | '));
};

/** The unit tests read pages as XML; this shows that a browser makes the same elements of them. */
const sameElements: Rule = async (page, { text, strict }) => {
  if (!strict) return [];
  const seen = await page.evaluate<string[]>(`[...document.querySelectorAll('*')].map((element) => element.localName)`);
  const written = readPage(text).map(({ name }) => name);
  return seen.join(' ') === written.join(' ') ? [] : [`the browser makes other elements of it: ${seen.length} instead of ` +
    `${written.length}`];
};

/** Paper cannot be clicked. */
const unfoldedOnPaper: Rule = async (page, { form }) => {
  if (form.media !== 'print') return [];
  const folded = await page.evaluate<number>(`[...document.querySelectorAll('details > :not(summary)')].filter((part) => ` +
    '!part.checkVisibility() || part.getBoundingClientRect().height === 0).length');
  return folded === 0 ? [] : [`${folded} folded parts are not on paper`];
};

/** What is asked of a page as it opens. */
export const rules: readonly Rule[] = [noSidewaysScroll, headingsInOrder, sameElements, unfoldedOnPaper];

/** What is asked of it with everything unfolded. axe is the last, because it puts a script into the page. */
export const rulesUnfolded: readonly Rule[] = [noSidewaysScroll, readableText, accessible];
