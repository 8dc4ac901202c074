import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { fill, readObservationRows, readSignatures } from './hazard-table.ts';
import { observationKinds } from './observation.ts';

test.each<[string, Record<string, string>, string]>([
  ['{a} and {b}', { a: '$&', b: '{a}' }, '$& and {a}'],
  ['{a}', {}, '?'],
  ['{a|nothing}, {b|}', {}, 'nothing, '],
  ['x{? at {a}}{? {b}|: none of {a}}', { a: '1' }, 'x at 1: none of 1'],
  ["{'X': y} if {} else {'a'}", { a: '1' }, "{'X': y} if {} else {'a'}"],
])('%s with %j', (text, args, filled) => {
  expect(fill(text, args)).toBe(filled);
});

const row = { hazard: 'BC-99', cause: 'It broke.', remedy: 'Repair {it}.' };

async function read<T>(table: unknown, reader: (file: URL) => T): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'frostgate-hazards-'));
  try {
    await writeFile(join(folder, 'table.yaml'), JSON.stringify(table));
    return reader(pathToFileURL(join(folder, 'table.yaml')));
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('a row for a log that says what no row can say is refused', async () => {
  const [good] = await read([{ ...row, pattern: ['(?<it>a)', 'b'], ignoreCase: true }], readSignatures);
  expect([good?.pattern.source, good?.pattern.flags, good?.where, good?.remedy({ it: 'a' })]).toEqual([
    '(?<it>a)b', 'i', ['output', 'history'], 'Repair a.',
  ]);
  const bad = { pattern: '(', fallbak: true, where: ['screen'], always: false, cause: 1 };
  for (const [key, value] of Object.entries(bad)) {
    await expect(read([{ ...row, pattern: 'a', [key]: value }], readSignatures)).rejects.toThrow(key === 'pattern' ? '/(/' : `"${key}"`);
  }
});

test('every kind of observation has a row, the last of them for whatever was observed', async () => {
  const table = Object.fromEntries(observationKinds.map((kind) => [kind, [{ ...row, when: { it: '^a' }, hazard: 'BC-98' }, row]]));
  const rows = await read(table, (file) => readObservationRows(file, () => ({ it: 'them' })));
  expect([rows.secret.hazard({ it: 'ab' }), rows.secret.hazard({ it: 'b' }), rows.secret.hazard({})]).toEqual(['BC-98', 'BC-99', 'BC-99']);
  expect(rows.secret.remedy({})).toBe('Repair them.');
  for (const bad of [{ secret: undefined }, { secret: [] }, { secret: [{ ...row, when: { it: 'a' } }] }, { unheard: [row] }]) {
    const reading = read({ ...table, ...bad }, (file) => readObservationRows(file, () => ({})));
    await expect(reading).rejects.toThrow(`"${Object.keys(bad).join()}"`);
  }
});
