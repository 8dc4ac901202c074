import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkRows } from '../../harness/model/catalogue.ts';
import { root } from '../support/command.ts';
import { excludedTable, readExcluded, withTable } from './excluded.ts';

test('every check of the catalogue is in exactly one row of what a green run has excluded', () => {
  const told = readExcluded().rows.flatMap(({ checks }) => checks);
  expect(told.toSorted()).toEqual(checkRows.map(({ id }) => id).toSorted());
});

test('the README has this table (npm run schemas writes it)', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  expect(readme.includes(excludedTable())).toBe(true);
  expect(withTable(readme) === readme).toBe(true);
});
