import type { Shape } from '../observed.ts';
import type { SourceFile } from '../source-files.ts';
import { any, parts, untilClosed, type Handler, type Signature } from './signature.ts';

const plain: Readonly<Record<string, Shape>> = {
  string: { kind: 'string' }, number: { kind: 'number' }, boolean: { kind: 'boolean' }, void: { kind: 'null' }, undefined: { kind: 'null' },
  Date: { kind: 'string', example: '2026-01-31T12:00:00Z' }, Uint8Array: { kind: 'bytes' },
};
const deepest = 4;

/**
 * By their names, the asynchronous functions of TypeScript: workflows are those that a file exports which imports Temporal's workflow
 * package; the others may be activities, also as methods of an object.
 */
export function typescriptSignatures(files: readonly SourceFile[]): Map<string, Signature> {
  const sources = files.filter(({ file }) => /\.[cm]?tsx?$/.test(file));
  const whole = sources.map(({ text }) => text).join('\n');
  const declared = new Map([
    ...[...whole.matchAll(/\binterface (\w+)[^{=]*\{/g)].map(({ 1: name = '', 0: head, index }) => (
      [name, `{${untilClosed(whole, index + head.length - 1)}}`] as const)),
    ...[...whole.matchAll(/\btype (\w+) = ([^;{]+|\{)/g)].map(({ 1: name = '', 2: of = '', 0: head, index }) => (
      [name, of === '{' ? `{${untilClosed(whole, index + head.length - 1)}}` : of.trim()] as const)),
  ]);
  const shapeOf = (type: string, depth = 0): Shape => shapeIn(type.trim().replace(/^readonly /, ''), declared, depth);
  return new Map(sources.flatMap(({ text }) => {
    const isWorkflows = /from ['"]@temporalio\/workflow['"]/.test(text);
    const form = isWorkflows ? /\bexport async function (\w+)\(/g : /\basync (?:function )?(\w+)\(/g;
    const found = [...text.matchAll(form)];
    return found.map(({ 1: name = '', 0: matched, index }) => {
      const from = index + matched.length - 1;
      const inside = untilClosed(text, from);
      const after = text.slice(from + inside.length + 2);
      const [head = '', result = 'unknown'] = /^\s*:\s*Promise<(.*?)>\s*\{/s.exec(after) ?? [];
      const body = untilClosed(after, head === '' ? after.indexOf('{') : head.length - 1);
      return [name, {
        name, isWorkflow: isWorkflows, input: parts(inside, ',').map((each) => parameter(each, shapeOf)), result: shapeOf(result),
        beats: !isWorkflows && /\bheartbeat\(/.test(body),
        // Handlers belong to a file's only workflow: with several nobody knows to which.
        ...(isWorkflows && found.length === 1 ? handlersOf(text, shapeOf) : { signals: [], queries: [], updates: [] }),
      }] as const;
    });
  }));
}

function shapeIn(type: string, declared: ReadonlyMap<string, string>, depth: number): Shape {
  const known = plain[type];
  if (known) return known;
  const inner = (of: string): Shape => shapeIn(of.trim().replace(/^readonly /, ''), declared, depth + 1);
  const choices = parts(type, '|');
  if (choices.length > 1) {
    const literals = choices.flatMap((each) => /^['"](.*)['"]$/.exec(each)?.[1] ?? []);
    if (literals.length === choices.length) return { kind: 'string', allowed: literals };
    const [first = '', ...more] = choices.filter((each) => !/^(?:null|undefined)$/.test(each));
    return more.length > 0 ? any : { ...inner(first), optional: true };
  }
  const [, item] = /^(?:Array<(.*)>|(.*)\[\])$/.exec(type)?.filter(Boolean) ?? [];
  if (item !== undefined) return { kind: 'list', item: inner(item) };
  if (type.startsWith('{') && depth <= deepest) return { kind: 'object', fields: parts(type.slice(1, -1), ';,\n').flatMap((each) => {
    const [, name, optional, of] = /^(?:\/\*.*?\*\/\s*)?(?:readonly )?(\w+)(\??):\s*(.*)$/s.exec(each) ?? [];
    return name === undefined || of === undefined ? [] : [{ name, shape: inner(of), required: optional !== '?' }];
  }) };
  const body = declared.get(type);
  if (body !== undefined && depth < deepest) return inner(body);
  if (/^['"].*['"]$/.test(type)) return { kind: 'string', allowed: [type.slice(1, -1)] };
  return type.startsWith('Record<') ? { kind: 'object' } : any;
}

/** "who: string", "{ who, what }: Reminder", "seconds = 1". */
function parameter(text: string, shapeOf: (type: string) => Shape): Handler['input'][number] {
  const [pattern = '', type] = parts(text, ':');
  const [of = ''] = parts(type ?? '', '=');
  // What is taken apart at once is called as its type.
  const name = /^\w+/.exec(pattern)?.[0] ?? (/^\w+$/.test(of) ? of.charAt(0).toLowerCase() + of.slice(1) : 'input');
  return { name, shape: of === '' ? any : shapeOf(of) };
}

const definition = /define(Signal|Query|Update)(?:<([^()]*)>)?\(\s*['"](\w+)['"]/g;

function handlersOf(text: string, shapeOf: (type: string) => Shape): Pick<Signature, 'signals' | 'queries' | 'updates'> {
  const all = [...text.matchAll(definition)].map(([, kind, types = '', name = '']) => {
    const [first, second] = parts(types, ',');
    const given = parts((kind === 'Signal' ? first : second)?.replace(/^\[(.*)\]$/s, '$1') ?? '', ',');
    const input = given.map((type, index) => ({ name: `input${index + 1}`, shape: shapeOf(type) }));
    return { kind, name, input, result: kind === 'Signal' || first === undefined ? any : shapeOf(first) };
  });
  const of = (wanted: string): Handler[] => all.filter(({ kind }) => kind === wanted)
    .map(({ name, input, result }) => ({ name, input, result }));
  return { signals: of('Signal'), queries: of('Query'), updates: of('Update') };
}
