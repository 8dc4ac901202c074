import { styleText } from 'node:util';
import { wrapped } from '../model/width.ts';
import { namesOf } from './names.ts';
import type { Page } from './pages.ts';

/** How a page is to look: `width` in columns of the terminal. */
export type Look = { readonly colour: boolean; readonly width: number };

const margin = 12;

/** One page as a terminal shows it. */
export function pageText(page: Page, { colour, width }: Look): string {
  const { id, title, kind, means, seen, repairs, paste, beside } = page;
  const bold = (text: string): string => (colour ? styleText('bold', text, { validateStream: false }) : text);
  const dim = (text: string): string => (colour ? styleText('dim', text, { validateStream: false }) : text);
  const row = (label: string, text: string): string[] => hanging(dim(label.padEnd(margin - 2)), ' '.repeat(margin), text, width);
  return [
    ...hanging(bold(id), ' '.repeat(id.length + 2), title, width), '',
    ...row('means', means), ...row('seen', seen), ...row('repairs', repairs),
    ...(paste === undefined ? [] : ['', ...paste.trimEnd().split('\n').map((line) => `${' '.repeat(margin)}${line}`.trimEnd()), '']),
    ...(beside.length === 0 ? [] : row(kind === 'check' ? 'causes' : 'turns red', beside.join(', '))),
    ...row('shown by', namesOf(page)),
  ].join('\n').concat('\n');
}

/** One line for each page: its id and its title. */
export function listText(heading: string, pages: readonly Pick<Page, 'id' | 'title'>[], { colour, width }: Look): string {
  const bold = (text: string): string => (colour ? styleText('bold', text, { validateStream: false }) : text);
  const column = Math.max(...pages.map(({ id }) => id.length)) + 4;
  const lines = pages.flatMap(({ id, title }) => hanging(`  ${id.padEnd(column - 4)}`, ' '.repeat(column), title, width));
  return `${[bold(heading), ...lines].join('\n')}\n`;
}

/** A label, and a text in a column beside it; its own line ends stay. */
function hanging(label: string, indent: string, text: string, width: number): string[] {
  return wrapped(text.trimEnd(), Math.max(20, width - indent.length)).map((line, index) => (
    (index === 0 ? `${label}  ${line}` : `${indent}${line}`).trimEnd()
  ));
}
