import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { z } from 'zod';

/** What a YAML file of the house holds. @throws what reading throws, and {z.ZodError} for another structure. */
export function readData<Schema extends z.ZodType>(file: URL, schema: Schema): z.infer<Schema> {
  return schema.parse(parse(readFileSync(file, 'utf8')));
}
