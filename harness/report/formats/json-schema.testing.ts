import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import ajvFormats from 'ajv-formats';

const files = ['ctrf.schema.json', 'test-result.schema.json'] as const;

// strictRequired would want each required property described again where it is required, strictTypes the type as well.
const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false, strictTypes: false });
ajvFormats.default(ajv);
for (const file of files) ajv.addSchema(JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')), file);

/** For tests: what a JSON Schema of this folder has against a text; empty when it is valid. `part` is a definition of the schema. */
export function schemaErrors(file: (typeof files)[number], text: string | undefined, part?: string): string[] {
  const validate = ajv.getSchema(part === undefined ? file : `${file}#/definitions/${part}`);
  if (validate === undefined) throw new Error(`${file} has no definition ${part}.`);
  void validate(JSON.parse(text ?? 'null'));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
