import { z } from 'zod';
import { gateSchema } from '../model/gate.ts';

/** The JSON Schema (draft 2020-12) of gate.json, made from the model; `gate.schema.json` is its published copy. */
export function gateJsonSchema(): Record<string, unknown> {
  return { title: 'frostgate gate', ...z.toJSONSchema(gateSchema) };
}
