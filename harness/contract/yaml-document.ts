import { isCollection, isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Alias, type Document } from 'yaml';
import { messageOf } from '../model/errors.ts';

/** A problem in a file, with its line (from 1) where there is one. */
export type Located = { readonly line?: number; readonly message: string };

/** YAML text as plain data, and the way back to its lines: that, from 1, of the deepest part of a path that is in the text. */
type YamlDocument = { readonly data: unknown; readonly lineOf: (path: readonly PropertyKey[]) => number };

const tooManyAliases = 'repeats itself through too many aliases';

/** Resolving aliases takes the parser quadratic time: a minute for 20,000 of them. */
const aliasLimit = 1000;

/** Reads a contract's YAML 1.2, the values of variables as they are written. Gives the problems when it is not valid. */
export function parseYaml(text: string): YamlDocument | readonly Located[] {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines, prettyErrors: false, logLevel: 'error', uniqueKeys: false, intAsBigInt: true,
  });
  const lineAt = (offset = 0) => lines.linePos(offset).line;
  const problems = [...document.errors, ...document.warnings];
  if (problems.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) return [{ message: 'is nested too deeply' }];
  if (problems.length > 0) {
    return problems.map(({ code, message, pos }) => ({ line: lineAt(pos[0]), message: code === 'MULTIPLE_DOCS'
      ? 'holds a second YAML document; only one is expected' : `cannot be read as YAML: ${message}` }));
  }
  const { aliases, repeated } = walked(document);
  if (repeated.length > 0) {
    return repeated.map((offset) => ({ line: lineAt(offset), message: 'the key of this line stands twice in its mapping' }));
  }
  if (aliases.length > aliasLimit) return [{ message: tooManyAliases }];
  try {
    keepSpelling(document);
    return { data: document.toJS({ reviver: (_, value) => exactOrNumber(value) }), lineOf: (path) => lineAt(offsetOf(document, path)) };
  } catch (thrown) {
    const message = messageOf(thrown);
    const name = /^Unresolved alias.*: (.+)$/s.exec(message)?.[1];
    const alias = aliases.find(({ source }) => source === name);
    if (alias) return [{ line: lineAt(alias.range?.[0]), message: `the alias *${name} stands for nothing: no &${name} before it` }];
    return [{ message: message.startsWith('Excessive alias') ? tooManyAliases : `cannot be read as YAML: ${message}` }];
  }
}

/** A number where that holds it exactly. */
const exactOrNumber = (value: unknown): unknown => (
  typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value
);

/** All aliases, and where a mapping names a key again: the parser's own check of that takes quadratic time. */
function walked(document: Document) {
  const aliases: Alias[] = [];
  const repeated: number[] = [];
  visit(document, {
    Alias: (_, alias) => void aliases.push(alias),
    Map: (_, { items }) => {
      const seen = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (seen.has(name)) repeated.push(key.range?.[0] ?? 0);
        seen.add(name);
      }
    },
  });
  return { aliases, repeated };
}

/** Makes the values of variables the text that is written, where YAML reads 1.1 and true: an environment knows only text. */
function keepSpelling(document: Document): void {
  const environment = document.get('environment');
  if (!isMap(environment)) return;
  for (const { value: variable } of environment.items) {
    if (!isMap(variable)) continue;
    for (const key of ['default', 'value', 'example', 'allowed', 'invalid']) {
      const node = variable.get(key, true);
      for (const item of isSeq(node) ? node.items : [node]) {
        if (!isScalar(item) || item.source === undefined) continue;
        if (['number', 'bigint', 'boolean'].includes(typeof item.value)) item.value = item.source;
      }
    }
  }
}

/** Where the deepest known part of the path begins; a key counts as the beginning of its value, an alias as no part of the text. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range?.[0] ?? 0;
  for (const part of path) {
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part)) : undefined;
    const start = isSeq(node) ? node.items[Number(part)] : pair?.key;
    node = pair === undefined ? start : pair.value;
    if (isScalar(start) || isCollection(start)) offset = start.range?.[0] ?? offset;
  }
  return offset;
}
