import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkedAreas } from './areas.ts';
import { areaOf, checkRows, filled, isDerived, reservedIds, rowOf } from './catalogue.ts';
import { areas } from './report.ts';

test('every row has an id of its own, which leads back to it', () => {
  const values = { name: 'x', NAME: 'X', case: 'missing', signal: 'sigterm' };
  expect(checkRows.filter((row) => rowOf(filled(row.id, values)) !== row)).toEqual([]);
  expect(new Set(checkRows.map(({ id }) => id)).size).toBe(checkRows.length);
  expect(checkRows.filter((row) => isDerived(row) !== row.title.includes('<'))).toEqual([]);
});

test('an id that no row gives has no row', () => {
  expect(['execution.', 'execution.a.b', 'shutdown.sigterm.child.starting', 'nothing.at-all', 'artifact', ''].map(rowOf)).toEqual(
    Array.from({ length: 6 }),
  );
  expect(rowOf('execution.failure')?.title).toBe('a failing workflow keeps its failure type');
});

test('the areas that have checks are those of the rows', () => {
  expect(checkedAreas).toEqual([...new Set(checkRows.map(({ id }) => areaOf(id)))]);
});

test('what is reserved for checks to come is not there yet', () => {
  expect(reservedIds.filter((id) => checkRows.some((row) => row.id === id) || areaOf(id) === undefined)).toEqual([]);
});

test('nobody else in the harness knows a check by its id', () => {
  const literal = new RegExp(`['"\`](?:${areas.join('|')})\\.(?!ts\\b|js\\b|json\\b)[^'"\`\\s]*['"\`]`);
  // What was promised less is told by its key in the contract, which begins as some checks do.
  const own = /\.(?:test|testing)\.ts$|model\/catalogue\.ts$|contract\/weaker\//;
  const files = globSync('harness/**/*.ts').filter((file) => !own.test(file));
  const told = files.flatMap((file) => {
    const lines = readFileSync(file, 'utf8').split('\n').filter((line) => literal.test(line) && !/^\s*(?:\/\/|\*|\/\*)/.test(line));
    return lines.map((line) => `${file}: ${line.trim()}`);
  });
  expect(files.length).toBeGreaterThan(200);
  expect(told).toEqual([]);
});
