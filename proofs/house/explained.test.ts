import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { find } from '../../harness/explained/find.ts';
import { markdownOf } from '../../harness/explained/markdown.ts';
import { pagesFile, readPages } from '../../harness/explained/pages.ts';
import { checkRows, rowOf } from '../../harness/model/catalogue.ts';
import { pagesMade, pagesText } from '../explained/pages.ts';
import { sourceOf } from '../explained/sources.ts';
import { root } from '../support/command.ts';

const pages = readPages();
const idsOf = (kind: 'check' | 'hazard'): string[] => pages.filter((page) => page.kind === kind).map(({ id }) => id);

/** The hazards that a table of the product names, or a text in its code. */
function hazardsOfTheProduct(): string[] {
  const tables = globSync('harness/**/*hazards*{.yaml,/*.yaml}', { cwd: root }).filter((file) => !file.startsWith('harness/explained/'));
  const rows = tables.flatMap((file) => Object.values(parse(readFileSync(join(root, file), 'utf8')) as Record<string, unknown>).flat());
  const named = rows.map((row) => (row as { readonly hazard: string }).hazard);
  const sources = globSync('{harness,suites}/**/*.ts', { cwd: root }).filter((file) => !/\.(?:test|testing)\.ts$/.test(file));
  const quoted = sources.flatMap((file) => (
    [...readFileSync(join(root, file), 'utf8').matchAll(/['"`]([A-Z]{2}-\d{2})['"`]/g)].flatMap(([, id]) => id ?? [])
  ));
  expect(named.length).toBeGreaterThan(60);
  return [...new Set([...named, ...quoted])].toSorted();
}

test('every check of the catalogue has a page, and no page is about another one', () => {
  const told = new Set(idsOf('check').map((id) => rowOf(id)?.id));
  expect(checkRows.filter(({ id }) => !told.has(id)).map(({ id }) => id), 'write a page in harness/explained/checks').toEqual([]);
  expect(idsOf('check').filter((id) => rowOf(id) === undefined), 'nothing has this id').toEqual([]);
});

test('every hazard that the product can name has a page, and no page is about another one', () => {
  expect(idsOf('hazard').toSorted(), 'harness/explained/hazards').toEqual(hazardsOfTheProduct());
});

test('every page stands in the group that its id is looked for in, with a title', () => {
  expect(pages.filter(({ id }) => {
    const found = find(id, pages);
    return found === undefined || !('page' in found) || found.page.id !== id;
  }).map(({ id }) => id)).toEqual([]);
  expect(pages.filter(({ title }) => title === '' || title.includes('<title>') || title.includes('<promise>'))).toEqual([]);
});

test('pages.json and the Markdown of all pages are current (npm run schemas writes them)', () => {
  const read = (file: URL) => readFileSync(file, 'utf8');
  const made = pagesMade();
  expect(read(pagesFile) === pagesText(made)).toBe(true);
  expect(read(new URL('../../harness/explained/CHECKS.md', import.meta.url)) === markdownOf('check', made)).toBe(true);
  expect(read(new URL('../../harness/explained/HAZARDS.md', import.meta.url)) === markdownOf('hazard', made)).toBe(true);
});

test('every sabotage that a page names has a source in fixtures', () => {
  const named = pages.flatMap(({ id, shownBy }) => shownBy.map((sabotage) => ({ id, sabotage })));
  expect(named.length).toBeGreaterThan(300);
  expect(named.filter(({ sabotage }) => sourceOf(sabotage) === undefined)).toEqual([]);
  expect(sourceOf({ variant: 'never-was', project: 'agent-runner' })).toBeUndefined();
});
