import { z } from 'zod';
import { reportSchema } from '../model/report.ts';

/** The JSON Schema (draft 2020-12) of report.json, made from the model; `report.schema.json` is its published copy. */
export function reportJsonSchema(): Record<string, unknown> {
  return { title: 'frostgate report', ...z.toJSONSchema(reportSchema) };
}
