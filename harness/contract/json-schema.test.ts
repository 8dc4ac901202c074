import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { jsonSchemas } from '../json-schemas.ts';

const contractJsonSchema = jsonSchemas['contract/worker-contract.schema.json'];

test('the committed schema is up to date; if not: npm run schemas', async () => {
  const committed = await readFile(new URL('worker-contract.schema.json', import.meta.url), 'utf8');
  expect(committed).toBe(`${JSON.stringify(contractJsonSchema, null, 2)}\n`);
});

test('every field is described', () => {
  const bare: string[] = [];
  const visit = (node: object, path: string): void => {
    for (const [key, child] of Object.entries(node)) {
      if (typeof child !== 'object' || child === null) continue;
      if (path.endsWith('/properties') && !('description' in child)) bare.push(`${path}/${key}`);
      visit(child, `${path}/${key}`);
    }
  };
  visit(contractJsonSchema, '');
  expect(bare).toStrictEqual([]);
});
