import { readFile, writeFile } from 'node:fs/promises';
import { jsonSchemas } from '../harness/json-schemas.ts';
import { withTable } from './house/excluded.ts';

// npm run schemas: writes the published JSON Schemas, and the README's table of what a green run has excluded. Unit tests fail when they
// are out of date.
for (const [file, schema] of Object.entries(jsonSchemas)) {
  await writeFile(new URL(`../harness/${file}`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);
}
const readme = new URL('../README.md', import.meta.url);
await writeFile(readme, withTable(await readFile(readme, 'utf8')));
