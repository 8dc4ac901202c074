import { writeFile } from 'node:fs/promises';
import { contractJsonSchema } from './contract/json-schema.ts';
import { gateJsonSchema } from './gate/json-schema.ts';
import { reportJsonSchema } from './report/json-schema.ts';

// npm run schemas: writes the published JSON Schemas. Unit tests fail when they are out of date.
const schemas = [
  ['contract/worker-contract.schema.json', contractJsonSchema()],
  ['report/report.schema.json', reportJsonSchema()],
  ['gate/gate.schema.json', gateJsonSchema()],
] as const;
for (const [file, schema] of schemas) await writeFile(new URL(file, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);
