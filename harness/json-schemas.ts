import { z } from 'zod';
import { contractSchema } from './contract/schema.ts';
import { gateSchema } from './model/gate.ts';
import { reportSchema } from './model/report.ts';

/** The published JSON Schemas by their files here. The contract's is draft 7, which editors know best; rules.ts cannot be said in it. */
export const jsonSchemas = {
  'contract/worker-contract.schema.json': {
    title: 'worker-contract.yaml', ...z.toJSONSchema(contractSchema, { io: 'input', target: 'draft-7' }),
  },
  'report/report.schema.json': { title: 'frostgate report', ...z.toJSONSchema(reportSchema) },
  'gate/gate.schema.json': { title: 'frostgate gate', ...z.toJSONSchema(gateSchema) },
};
