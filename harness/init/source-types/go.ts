import type { Shape } from '../observed.ts';
import type { SourceFile } from '../source-files.ts';
import { any, parts, untilClosed, type Handler, type Signature } from './signature.ts';

const plain: Readonly<Record<string, Shape>> = {
  string: { kind: 'string' }, bool: { kind: 'boolean' }, float64: { kind: 'number' }, float32: { kind: 'number' },
  '[]byte': { kind: 'bytes' },
  'time.Time': { kind: 'string', example: '2026-01-31T12:00:00Z' }, 'time.Duration': { kind: 'integer' },
};
const deepest = 4;

/** By their names, the functions and methods of Go that take a workflow's context or an activity's. */
export function goSignatures(files: readonly SourceFile[]): Map<string, Signature> {
  const text = files.filter(({ file }) => file.endsWith('.go')).map((each) => each.text.replaceAll(/\/\/.*$/gm, '')).join('\n');
  const structs = new Map([...text.matchAll(/\b(\w+) struct \{/g)].map(({ 1: name = '', 0: whole, index }) => (
    [name, untilClosed(text, index + whole.length - 1)] as const
  )));
  const named = new Map([...text.matchAll(/^type (\w+) ([\w.[\]*]+)$/gm)].map(([, name = '', of = '']) => [name, of] as const));
  const constants = new Map([...text.matchAll(/\b(\w+)\s*=\s*"(\w[\w-]*)"/g)].map(([, name = '', value = '']) => [name, value] as const));
  const shapeOf = (type: string, depth = 0): Shape => {
    const known = plain[type];
    if (known) return known;
    if (/^u?int\d*$/.test(type)) return { kind: 'integer' };
    if (type.startsWith('*')) return { ...shapeOf(type.slice(1), depth), optional: true };
    if (type.startsWith('[]')) return { kind: 'list', item: shapeOf(type.slice(2), depth + 1) };
    if (type.startsWith('map[')) return { kind: 'object' };
    const name = type.split('.').at(-1) ?? type;
    const body = structs.get(name);
    if (body !== undefined && depth < deepest) return { kind: 'object', fields: fieldsOf(body, (each) => shapeOf(each, depth + 1)) };
    const other = named.get(name);
    return other === undefined || depth >= deepest ? any : shapeOf(other, depth + 1);
  };
  const head = /\bfunc (?:\([^)]*\) )?(\w+)\(/g;
  return new Map([...text.matchAll(head)].flatMap(({ 1: name = '', 0: whole, index }) => {
    const from = index + whole.length - 1;
    const inside = untilClosed(text, from);
    const [context, ...rest] = parameters(inside);
    const isWorkflow = context?.type === 'workflow.Context';
    if (!isWorkflow && context?.type !== 'context.Context') return [];
    const after = text.slice(from + inside.length + 2);
    const end = after.indexOf('{');
    const body = untilClosed(after, end);
    return [[name, {
      name, isWorkflow, input: rest.map((each) => ({ name: each.name, shape: shapeOf(each.type.replace(/^\*/, '')) })),
      result: resultOf(after.slice(0, end).trim(), shapeOf), beats: !isWorkflow && /\bRecordHeartbeat\(/.test(body),
      ...handlersOf(isWorkflow ? body : '', constants),
    }] as const];
  }));
}

/** Names and types: "a, b string" has one type for both. */
function parameters(text: string): { name: string; type: string }[] {
  const found = parts(text, ',').map((each) => /^(\w+)\s*(.*)$/s.exec(each) ?? []);
  return found.map(([, name = '', type = ''], index) => ({
    name, type: (type || (found.slice(index).find(([, , later]) => later)?.[2] ?? '')).trim(),
  }));
}

/** Of "(*Delivery, error)" the first; a result of an error alone is null. */
function resultOf(text: string, shapeOf: (type: string) => Shape): Shape {
  const [first = 'error'] = parts(text.replace(/^\((.*)\)$/s, '$1'), ',').map((each) => each.split(/\s+/).at(-1) ?? '');
  if (first === 'error' || first === '') return { kind: 'null' };
  return shapeOf(first.replace(/^\*/, ''));
}

/** The fields that are written as JSON, by their tags. */
function fieldsOf(body: string, shapeOf: (type: string) => Shape): NonNullable<Shape['fields']> {
  return body.split(/[\n;]/).flatMap((line) => {
    const [, names = '', type = '', tag = ''] = /^\s*([A-Z]\w*(?:, [A-Z]\w*)*)\s+([\w.*[\]]+)\s*(?:`(.*)`)?\s*$/.exec(line) ?? [];
    const [called = '', ...options] = (/json:"([^"]*)"/.exec(tag)?.[1] ?? '').split(',');
    return names === '' || called === '-' ? [] : names.split(', ').map((name) => (
      { name: called || name, shape: shapeOf(type), required: !options.includes('omitempty') && !type.startsWith('*') }
    ));
  });
}

function handlersOf(body: string, constants: ReadonlyMap<string, string>): Pick<Signature, 'signals' | 'queries' | 'updates'> {
  const all = (form: RegExp): Handler[] => [...new Set(
    [...body.matchAll(form)].flatMap(([, name, constant]) => name ?? constants.get(constant ?? '') ?? []),
  )].map((name) => (
    { name, input: [], result: any }
  ));
  return {
    queries: all(/SetQueryHandler\w*\(\w+,\s*(?:"([\w-]+)"|(?:\w+\.)?(\w+))/g),
    updates: all(/SetUpdateHandler\w*\(\w+,\s*(?:"([\w-]+)"|(?:\w+\.)?(\w+))/g),
    signals: all(/GetSignalChannel\w*\(\w+,\s*(?:"([\w-]+)"|(?:\w+\.)?(\w+))/g),
  };
}
