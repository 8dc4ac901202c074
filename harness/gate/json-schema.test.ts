import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { jsonSchemas } from '../json-schemas.ts';
import { argumentsOf, decided, goodRelease } from './situation.testing.ts';

const gateJsonSchema = jsonSchemas['gate/gate.schema.json'];

test('the published schema is the model’s; `vitest -u` writes it anew', async () => {
  await expect(`${JSON.stringify(gateJsonSchema, null, 2)}\n`).toMatchFileSnapshot('gate.schema.json');
});

test('a decision fits the published schema', async () => {
  using release = goodRelease();
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const validate = ajv.compile(gateJsonSchema);
  const gate = await decided(argumentsOf(release, { more: ['--earlier', release.path('reports/linux-amd64')] }));
  expect(validate(structuredClone(gate)) ? [] : validate.errors).toEqual([]);
});
