import { writeFile } from 'node:fs/promises';
import { jsonSchemas } from '../harness/json-schemas.ts';

// npm run schemas: writes the published JSON Schemas. Unit tests fail when they are out of date.
for (const [file, schema] of Object.entries(jsonSchemas)) {
  await writeFile(new URL(`../harness/${file}`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);
}
