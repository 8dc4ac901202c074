import { expect, test } from 'vitest';
import { slug } from './slug.ts';

test.each([
  ["answers with the model's reply", 'answers-with-the-models-reply'],
  ['  Überprüft: 2 + 2 = 4!  ', 'uberpruft-2-2-4'],
  ['日本', ''],
])('%s', (name, expected) => {
  expect(slug(name)).toBe(expected);
});
