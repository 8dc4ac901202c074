import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { serviceKinds, type ServiceKind } from '../contract/service-kinds.ts';
import { serviceOf } from './service.ts';

const kinds = Object.keys(serviceKinds).filter((kind): kind is ServiceKind => kind in serviceKinds);

test('every kind of the contract has the file of its name', async () => {
  expect(await Promise.all(kinds.map(async (kind) => (await serviceOf(kind)).id))).toEqual(kinds);
});

/** Those whose name is no word of everyday's: named in quotes, or, where they are a product, anywhere but in a comment. */
const naming = (file: string): string[] => {
  const code = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  const names = kinds.filter((kind) => kind !== 'command');
  const found = names.filter((kind) => new RegExp(kind === 'llm' ? `['"\`]${kind}['"\`]` : kind, 'i').test(code));
  return found.map((kind) => `${file}: ${kind}`);
};

test('nobody else knows one by its name: suites, reports and what is not verified take whatever the contract lists', () => {
  const others = /\.(test|testing)\.ts$|sample-report|harness.(services|contract)/;
  const files = globSync(['harness/**/*.ts', 'suites/*.ts']).filter((file) => !others.test(file));
  expect(files.length).toBeGreaterThan(200);
  expect(files.flatMap(naming)).toEqual([]);
});
