import { expect, test } from 'vitest';
import { jsonSchemas } from '../json-schemas.ts';
import { reportSchema } from '../model/report.ts';
import { sampleReport } from './sample-report.testing.ts';

test('the published schema is the model’s; `vitest -u` writes it anew', async () => {
  await expect(`${JSON.stringify(jsonSchemas['report/report.schema.json'], null, 2)}\n`).toMatchFileSnapshot('report.schema.json');
});

test('the sample report is a valid report', () => {
  expect(reportSchema.parse(sampleReport())).toEqual(sampleReport());
});
