import { expect, test } from 'vitest';
import { reportJsonSchema } from './json-schema.ts';
import { reportSchema } from '../model/report.ts';
import { sampleReport } from './sample-report.testing.ts';

test('the published schema is the model’s; `vitest -u` writes it anew', async () => {
  await expect(`${JSON.stringify(reportJsonSchema(), null, 2)}\n`).toMatchFileSnapshot('report.schema.json');
});

test('the sample report is a valid report', () => {
  expect(reportSchema.parse(sampleReport())).toEqual(sampleReport());
});
