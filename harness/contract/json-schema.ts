import { z } from 'zod';
import { contractSchema } from './schema.ts';

/** A JSON Schema, as far as it is walked here. */
type SchemaNode = { readonly [key: string]: unknown };

/**
 * The JSON Schema of worker-contract.yaml as its author writes it (draft 7, which editors know best).
 * Committed beside this file as worker-contract.schema.json; the cross rules of rules.ts cannot be said in it.
 */
export function contractJsonSchema(): SchemaNode {
  return { title: 'worker-contract.yaml', ...z.toJSONSchema(contractSchema, { io: 'input', target: 'draft-7' }) };
}

/** The keys that may stand in the mapping at `path`; empty where any key may. */
export function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  let node: SchemaNode = contractJsonSchema();
  for (const key of path) {
    const properties = asNode(node['properties']);
    node = asMapping(properties[String(key)] ?? node['additionalProperties'] ?? node['items']);
  }
  return Object.keys(asNode(node['properties']));
}

/** Of several forms the one that has keys. */
function asMapping(value: unknown): SchemaNode {
  const node = asNode(value);
  const forms = Array.isArray(node['anyOf']) ? node['anyOf'].map(asNode) : [];
  return forms.find((form) => 'properties' in form) ?? node;
}

function asNode(value: unknown): SchemaNode {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
