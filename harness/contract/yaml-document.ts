import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Document } from 'yaml';
import { messageOf } from '../model/errors.ts';

/** A problem in a file, with its line (from 1) where there is one. */
export type Located = { readonly line?: number; readonly message: string };

/** YAML text as plain data, and the way back to its lines. */
export type YamlDocument = {
  readonly data: unknown;
  /** The line, from 1, of the deepest part of `path` that is in the text. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
};

const tooManyAliases = 'repeats itself through too many aliases';

/** Resolving aliases takes the parser quadratic time: a minute for 20,000 of them. */
const aliasLimit = 1000;

/** Reads YAML 1.2; `prepare` may change the document before it becomes data. Gives the problems when it is not valid. */
export function parseYaml(text: string, prepare: (document: Document) => void): YamlDocument | readonly Located[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error', uniqueKeys: false });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  const problems = [...document.errors, ...document.warnings];
  if (problems.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) return [{ message: 'is nested too deeply' }];
  if (problems.length > 0) {
    return problems.map(({ code, message, pos }) => ({ line: lineAt(pos[0]), message: sentence(code, message) }));
  }
  const twice = repeatedKeys(document);
  if (twice.length > 0) return twice.map((offset) => ({ line: lineAt(offset), message: 'the key of this line stands twice in its ' +
    'mapping' }));
  if (aliasCount(document) > aliasLimit) return [{ message: tooManyAliases }];
  try {
    prepare(document);
    return { data: document.toJS(), lineOf: (path) => lineAt(offsetOf(document, path)) };
  } catch (thrown) {
    return [aliasProblem(document, messageOf(thrown), lineAt)];
  }
}

/** Where a mapping names a key again; the parser's own check takes quadratic time. */
function repeatedKeys(document: Document): readonly number[] {
  const offsets: number[] = [];
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (seen.has(name)) offsets.push(key.range?.[0] ?? 0);
        seen.add(name);
      }
    },
  });
  return offsets;
}

function aliasCount(document: Document): number {
  let count = 0;
  visit(document, {
    Alias: () => {
      count += 1;
    },
  });
  return count;
}

function sentence(code: string, message: string): string {
  if (code === 'MULTIPLE_DOCS') return 'holds a second YAML document; only one is expected';
  return `cannot be read as YAML: ${message}`;
}

function aliasProblem(document: Document, message: string, lineAt: (offset: number) => number): Located {
  const name = /^Unresolved alias.*: (.+)$/s.exec(message)?.[1];
  if (name === undefined) {
    return { message: message.startsWith('Excessive alias') ? tooManyAliases : `cannot be read as YAML: ${message}` };
  }
  let offset = 0;
  visit(document, {
    Alias: (_, alias) => {
      if (alias.source !== name) return undefined;
      offset = alias.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return { line: lineAt(offset), message: `the alias *${name} stands for nothing: no &${name} before it` };
}

/** Where the deepest known part of the path begins; a key counts as the beginning of its value. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range?.[0] ?? 0;
  for (const part of path) {
    if (isAlias(node)) return offset;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
      if (pair === undefined) return offset;
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const item = node.items[Number(part)];
      node = item;
      if (isMap(item) || isSeq(item) || isScalar(item)) offset = item.range?.[0] ?? offset;
    }
  }
  return offset;
}
