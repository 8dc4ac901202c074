import { stringify } from 'yaml';
import type { Shape } from './observed.ts';

/** A value as YAML on one line. */
export function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return inFlow(value);
  const entries = Object.entries(value).map(([key, each]) => `${inFlow(key)}: ${flow(each)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** A scalar as it stands in a list: with quotes where it needs them there. */
const inFlow = (scalar: unknown): string => stringify([scalar], { collectionStyle: 'flow', lineWidth: 0 }).trim().slice(1, -1).trim();

/** A value that fits a type; the texts in it hold the execution's number, so that each execution has its own. */
export function exampleOf(shape: Shape, name: string): unknown {
  const { kind, allowed, example, item, fields } = shape;
  switch (kind) {
    case 'string': return allowed?.[0] ?? example ?? `${name}-{n}`;
    case 'integer': return Number(allowed?.[0] ?? 1);
    case 'number': return 1.5;
    case 'boolean': return false;
    case 'null': return null;
    case 'list': return item === undefined || item.kind === 'any' ? [] : [exampleOf(item, name)];
    case 'object': return Object.fromEntries(given(fields ?? []).map((field) => [field.name, exampleOf(field.shape, field.name)]));
    case 'bytes': return { $base64: 'AAE=' };
    default: return `${name}-{n}`;
  }
}

/** The fields without which there is no such value, and lists of which it is known what they hold; where all may be left out, all. */
function given(fields: NonNullable<Shape['fields']>): NonNullable<Shape['fields']> {
  const needed = fields.filter(({ required, shape: { kind, item } }) => required || (kind === 'list' && item?.kind === 'object'));
  return needed.length > 0 ? needed : fields;
}

/** What stands for any result of a type: the matchers of a contract. */
export function anyOf({ kind, optional, fields }: Shape): unknown {
  if (kind === 'null') return null;
  if (optional || kind === 'any') return { $any: 'value' };
  if (kind !== 'object' || fields === undefined || fields.length === 0) return { $any: kind };
  return Object.fromEntries(fields.map(({ name, shape }) => [name, anyOf(shape)]));
}

/** A type in words, for the comment beside an input. */
export function wordsOf({ kind, optional, fields, item, allowed }: Shape): string {
  const inside = fields?.map(({ name, required }) => (required ? name : `${name}?`)).join(', ');
  const words = allowed !== undefined ? `one of ${allowed.slice(0, 6).join(', ')}`
    : kind === 'list' && item !== undefined ? `list of ${wordsOf(item)}` : inside !== undefined ? `{ ${inside} }` : kind;
  return optional ? `${words} or null` : words;
}
