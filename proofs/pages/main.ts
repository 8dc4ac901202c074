import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { Signals } from '../../harness/cli/signals.ts';
import { messageOf } from '../../harness/model/errors.ts';
import { findChromium, openBrowser } from './chromium.ts';
import { drawingOf, type Drawing } from './drawing.ts';
import { forms, type Form } from './forms.ts';
import { comparePicture } from './golden.ts';
import { sabotages, spoilt } from './sabotages.ts';
import { testPages, type TestPage } from './test-pages.ts';
import { visit } from './visit.ts';

// The pages in a real browser: each in light, dark, on paper and on a phone must be readable, accessible, silent and without a
// request, and must look as it did when its picture in golden/ was taken.
//   npm run pages -- [--update] [--shots DIR] [NAME…]
// --update takes new pictures: look at them before they are committed. --shots writes whole screenshots for people.

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const golden = join(dirname(fileURLToPath(import.meta.url)), 'golden');
const { values: flags, positionals: names } = parseArgs({
  options: { update: { type: 'boolean', default: false }, shots: { type: 'string' } }, allowPositionals: true,
});
using signals = new Signals();
const count = { passed: 0, failed: 0, notCompared: 0 };

async function main(): Promise<number> {
  const executable = await findChromium();
  if (executable === undefined) {
    say('No Chromium was found: install one (Debian: apt-get install chromium; macOS: brew install --cask chromium), or name one in ' +
      'FROSTGATE_CHROMIUM.');
    return 3;
  }
  const chosen = testPages.filter(({ name }) => names.length === 0 || names.includes(name));
  if (chosen.length === 0 || names.some((name) => !testPages.some((page) => page.name === name))) {
    say(`There is no such page; there are ${testPages.map(({ name }) => name).join(', ')}.`);
    return 2;
  }
  if (flags.shots !== undefined) await mkdir(flags.shots, { recursive: true });
  const browser = await openBrowser(executable);
  const folder = await mkdtemp(join(tmpdir(), 'frostgate-pages-'));
  try {
    if (names.length === 0) await proveRules(browser, folder);
    const drawing = await drawingOf(browser, golden, flags.update);
    if (!drawing.comparable) say(`Pictures are not compared here: ${drawing.reason}.`);
    for (const page of chosen) {
      for (const form of forms) if (!signals.aborted.aborted) await look(browser, page, form, drawing, folder);
    }
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
  if (signals.aborted.aborted) return 3;
  process.stdout.write(`pages: ${count.passed} passed, ${count.failed} ` +
    `failed${count.notCompared > 0 ? `, ${count.notCompared} pictures not compared` : ''}\n`);
  return count.failed > 0 ? 1 : 0;
}

/** Every rule must see its own sabotage. */
async function proveRules(browser: Browser, folder: string): Promise<void> {
  const [sound] = testPages;
  if (sound === undefined) return;
  for (const sabotage of sabotages) {
    if (signals.aborted.aborted) return;
    const { page, form } = spoilt(sabotage, sound);
    const { problems } = await visit(browser, page, form, folder);
    tell(`sabotage, ${sabotage.what}`, problems.some((problem) => sabotage.said.test(problem)) ? [] : ['nothing says ' +
      `${sabotage.said.source}; said was: ${problems.join('; ') || 'nothing'}`]);
  }
}

async function look(browser: Browser, page: TestPage, form: Form, drawing: Drawing, folder: string): Promise<void> {
  const { problems, picture } = await visit(browser, page, form, folder, flags.shots);
  const label = `${page.name}, ${form.name}`;
  if (picture === undefined) return tell(label, problems);
  if (!drawing.comparable) {
    count.notCompared += 1;
    return tell(`${label}: not compared`, problems);
  }
  const compared = await comparePicture(join(golden, `${page.name}-${form.name}.png`), picture, flags.update);
  return tell(`${label}: ${compared.outcome}`, compared.outcome === 'different' ? [...problems, compared.difference] : problems);
}

function tell(label: string, problems: readonly string[]): void {
  count[problems.length === 0 ? 'passed' : 'failed'] += 1;
  say(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${label}`);
  for (const problem of problems) say(`       ${problem}`);
}

const exitCode = await main().catch((error: unknown) => {
  say(`The pages could not be judged: ${messageOf(error)}`);
  return 3;
});
process.exitCode = signals.exitCode ?? exitCode;
