import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { jsonSchemas } from '../json-schemas.ts';
import { parseContract, parseWritten } from './load.ts';
import { unreadKeys, unreadWarnings } from './unread.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const least = 'worker: x\ntemporal: { address: A }\nregisters: { activities: [a] }\n';

/** Read soon, by what installs a baseline; an entry that is read must go. */
const arriving: string[] = [];

/** What may read a contract: everything but its own form, its rules, renderings and the tests. */
const sources = globSync('{harness,suites}/**/*.ts', { cwd: root })
  .filter((file) => !/\.(?:test|testing)\.ts$|^harness\/(?:contract\/(?:\w+-)?(?:schema|rules|unread)\.ts$|report\/)/.test(file))
  .map((file) => readFileSync(join(root, file), 'utf8')).join('\n');

/** The paths of all keys that hold a value; below a mapping with free names, and in lists, the names of the members follow. */
function leaves(node: unknown, path: readonly string[] = []): string[][] {
  const { properties, additionalProperties, items } = Object(node) as Record<string, unknown>;
  if (typeof properties === 'object' && properties !== null) {
    return Object.entries(properties).flatMap(([key, member]) => leaves(member, [...path, key]));
  }
  const inner = [additionalProperties, items].find((one) => typeof one === 'object' && leaves(one).some((leaf) => leaf.length > 0));
  return inner === undefined ? [[...path]] : leaves(inner, path);
}

/** Whether the property is taken from something: `.key`, or `{ key` and `, key` in a pattern. */
const isRead = (key: string) => new RegExp(String.raw`\.${key}\b|[{,]\s*${key}\s*[,:}=]|\['${key}'\]`).test(sources);

test('every key of the contract is read somewhere, or a warning says that it is not', () => {
  const all = leaves(jsonSchemas['contract/worker-contract.schema.json']);
  const unread = (leaf: string[]) => [...unreadKeys, ...arriving].some((key) => `${leaf.join('.')}.`.startsWith(`${key}.`));
  expect(all.length).toBeGreaterThan(50);
  expect(all.filter((leaf) => !unread(leaf) && !isRead(leaf.at(-1) ?? '')).map((leaf) => leaf.join('.'))).toEqual([]);
  expect([...unreadKeys, ...arriving].filter((key) => !all.some((leaf) => leaf.join('.').startsWith(key)))).toEqual([]);
  expect(all.filter((leaf) => unread(leaf) && isRead(leaf.at(-1) ?? '')).map((leaf) => leaf.join('.')), 'it is read now').toEqual([]);
});

test('the author of a contract is told once of a key that nothing reads, and of no default', () => {
  const keys = ['regression.cpuPercent', 'budgets.sizeMb'];
  expect(unreadWarnings(parseWritten(`${least}regression: { cpuPercent: 5 }\n`, 'x').written, keys)).toEqual([
    'regression.cpuPercent in the contract: nothing reads this yet, so it changes neither a check nor the verdict',
  ]);
  expect(parseContract(least, 'x').regression).toEqual({});
  expect(unreadWarnings(parseWritten(least, 'x').written, keys)).toEqual([]);
});
