import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { asked, chosenRows } from '../support/asked.ts';
import { root } from '../support/command.ts';
import { test as base } from '../support/proof.ts';
import { findChromium, noChromium, openBrowser } from './chromium.ts';
import { drawingOf } from './drawing.ts';
import { forms } from './forms.ts';
import { comparePicture } from './golden.ts';
import { sabotages, spoilt } from './sabotages.ts';
import { testPages } from './test-pages.ts';
import { visit } from './visit.ts';

// The pages in a real browser: each in light, dark, on paper and on a phone must be readable, accessible, silent and without a
// request, and must look as it did when its picture in golden/ was taken.
//   npm run pages -- [--update] [--shots DIR] [NAME…]
// --update takes new pictures: look at them before they are committed. --shots writes whole screenshots for people.

const { update, shots, rows } = asked();
const golden = join(root, 'proofs/pages/golden');
const pages = chosenRows(testPages, (page) => page.name);
const looks = pages.flatMap((page) => forms.map((form) => ({ page, form, title: `${page.name}, ${form.name}` })));

const test = base
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }) => {
    const executable = await findChromium();
    if (executable === undefined) throw noChromium();
    const browser = await openBrowser(executable);
    onCleanup(async () => await browser.close());
    return browser;
  })
  .extend('drawing', { scope: 'file' }, async ({ browser }) => await drawingOf(browser, golden, update));

describe('pages', () => {
  test.skipIf(rows.length > 0).for(sabotages)('sabotage, $what', async (sabotage, { browser, folder }) => {
    const [sound] = testPages;
    if (sound === undefined) throw new TypeError('there is no page');
    const { page, form } = spoilt(sabotage, sound);
    const { problems } = await visit(browser, page, form, folder);
    expect(problems).toContainEqual(expect.stringMatching(sabotage.said));
  });

  test('pictures are drawn here as where they were taken', ({ drawing, skip }) => {
    if (!drawing.comparable) skip(`pictures are not compared here: ${drawing.reason}`);
  });

  test.for(looks)('$title', async ({ page, form }, { browser, drawing, folder }) => {
    if (shots !== undefined) await mkdir(shots, { recursive: true });
    const { problems, picture } = await visit(browser, page, form, folder, shots);
    expect(problems).toEqual([]);
    if (picture === undefined || !drawing.comparable) return;
    const compared = await comparePicture(join(golden, `${page.name}-${form.name}.png`), picture, update);
    expect(compared).toEqual({ outcome: update ? 'new picture' : 'same' });
  });
});
