import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { comparisonFonts } from './drawing.ts';
import type { Form } from './forms.ts';
import { rules, rulesUnfolded, type Rule, type Subject } from './rules.ts';
import type { TestPage } from './test-pages.ts';

/** What one look at a page gave. */
export type Visit = {
  /** One sentence each; empty when nothing is wrong. */
  readonly problems: readonly string[];
  /** The top of the page as PNG, drawn with the fonts of the comparison; undefined for a page without pictures. */
  readonly picture: Buffer | undefined;
};

/** Opens a page from a file in one form and looks for everything that must not be. Writes its whole screenshot into `shots`, if given. */
export async function visit(
  browser: Browser, { name, html, strict, pictures }: TestPage, form: Form, folder: string, shots?: string,
): Promise<Visit> {
  const file = join(folder, `${name}.html`);
  const text = html();
  await writeFile(file, text);
  const context = await browser.newContext({
    viewport: { width: form.widthPx, height: 900 }, colorScheme: form.colorScheme, offline: true,
  });
  try {
    const page = await context.newPage();
    await page.emulateMedia({ media: form.media, colorScheme: form.colorScheme });
    const url = pathToFileURL(file).href;
    const heard = listen(page, url);
    await page.goto(url);
    if (shots !== undefined) await page.screenshot({ path: join(shots, `${name}-${form.name}.png`), fullPage: true });
    const subject = { text, form, strict };
    const broken = await judge(page, rules, subject);
    const picture = pictures ? await pictureOf(page, form) : undefined;
    await page.goto(url);
    await page.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true`);
    const brokenUnfolded = await judge(page, rulesUnfolded, subject);
    return { problems: [...heard, ...broken, ...brokenUnfolded], picture };
  } finally {
    await context.close();
  }
}

async function judge(page: Page, rulesOfNow: readonly Rule[], subject: Subject): Promise<string[]> {
  const problems: string[] = [];
  for (const rule of rulesOfNow) problems.push(...(await rule(page, subject)));
  return problems;
}

/** Collects what the page says and asks for, until it is closed. */
function listen(page: Page, own: string): string[] {
  const heard: string[] = [];
  page.on('console', (message) => heard.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => heard.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (request.url() !== own) heard.push(`asks for ${request.url()}`);
  });
  return heard;
}

async function pictureOf(page: Page, { widthPx, pictureHeightPx }: Form): Promise<Buffer> {
  await page.addStyleTag({ content: comparisonFonts });
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  return page.screenshot({ fullPage: true, clip: { x: 0, y: 0, width: widthPx, height: Math.min(height, pictureHeightPx) } });
}
