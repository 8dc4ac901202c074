import { expect, test } from 'vitest';
import { hazards } from '../hazards/hazards.ts';
import { readReference } from './real-bundles.testing.ts';
import { lostState, writtenInside } from './state.ts';

test('what its archive holds was not written, what it does not hold or is of another length was', async () => {
  const bundle = await readReference();
  const own = bundle.entries.filter(({ role }) => role === 'data').map(({ name, sizeBytes }) => ({ path: name, sizeBytes }));
  const [first] = own;
  expect(own.length).toBeGreaterThan(1);
  expect(writtenInside(bundle, own)).toEqual([]);
  expect(writtenInside(bundle, [...own, { path: 'state.db', sizeBytes: 1 }, { path: first?.path ?? '', sizeBytes: 0 }])).toEqual([
    'state.db', first?.path,
  ]);
});

test('what source keeps is told otherwise than what nobody knows of', () => {
  const { 'lost-state': row } = hazards.observations;
  const texts = (['from source', 'nowhere'] as const).map((kept) => lostState(['state.db'], kept).map(({ args }) => row.remedy(args)));
  expect(texts.flat()).toEqual([expect.stringMatching(/^Write what is to be kept/), expect.stringMatching(/\? Then write/)]);
  expect(lostState([], 'nowhere')).toEqual([]);
});
