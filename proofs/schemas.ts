import { writeFile } from 'node:fs/promises';
import { contractJsonSchema } from '../harness/contract/json-schema.ts';
import { gateJsonSchema } from '../harness/gate/json-schema.ts';
import { reportJsonSchema } from '../harness/report/json-schema.ts';

// npm run schemas: writes the published JSON Schemas. Unit tests fail when they are out of date.
const schemas = [
  ['contract/worker-contract.schema.json', contractJsonSchema()],
  ['report/report.schema.json', reportJsonSchema()],
  ['gate/gate.schema.json', gateJsonSchema()],
] as const;
for (const [file, schema] of schemas) await writeFile(
  new URL(`../harness/${file}`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`,
);
