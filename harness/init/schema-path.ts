import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the contract's JSON Schema lies, seen from the sources and from the compiled package. */
const places = ['../contract/worker-contract.schema.json', '../../../harness/contract/worker-contract.schema.json'];

/** The path from a contract's folder to its JSON Schema, as an editor reads it: it holds for an installed package and for a clone. */
export function schemaFrom(folder: string): string {
  const files = places.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  return relative(folder, files.find((file) => existsSync(file)) ?? files[0] ?? '').replaceAll('\\', '/');
}
