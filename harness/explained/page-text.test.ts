import { expect, test } from 'vitest';
import { listText, pageText } from './page-text.ts';
import type { Page } from './pages.ts';

const page: Page = {
  kind: 'hazard', id: 'XX-01', entry: 'XX-01', title: 'a file that is not there', means: 'The worker opens a file that nobody has put in.',
  seen: 'The log says so.', repairs: 'Put it in:', paste: "datas = [\n  ('a file with a name that is longer than the terminal', '.'),\n]\n",
  beside: ['execution.<name>'], shownBy: [
    { variant: 'no-file', project: 'one' }, { variant: 'honest', project: 'one', contract: ['budgets.sizeMb'] },
    ...['a', 'b', 'c', 'd', 'e'].map((variant) => ({ variant, project: 'other' })),
  ],
};
const plain = { colour: false, width: 50 };

test('a page has one column of labels, wraps at the width, and leaves lines to be pasted as they are', () => {
  expect(pageText(page, plain)).toBe(`XX-01  a file that is not there

means       The worker opens a file that nobody
            has put in.
seen        The log says so.
repairs     Put it in:

            datas = [
              ('a file with a name that is longer than the terminal', '.'),
            ]

turns red   execution.<name>
shown by    no-file, honest against a contract
            with another budgets.sizeMb (one); a,
            b, c, d (other); and 1 more
`);
});

test('what no sabotage shows says so', () => {
  expect(pageText({ ...page, shownBy: [] }, plain)).toMatch(/^shown by {4}none yet$/m);
});

test('colour is there when it is asked for', () => {
  expect(pageText(page, plain)).not.toContain('\u001B');
  expect(pageText(page, { ...plain, colour: true })).toContain('\u001B[1mXX-01\u001B[22m');
});

test('a list has a line for each page', () => {
  expect(listText('XX: files', [page, { id: 'XX-100', title: 'another one' }], plain)).toBe(`XX: files
  XX-01   a file that is not there
  XX-100  another one
`);
});
