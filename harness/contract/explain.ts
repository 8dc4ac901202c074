import type { z } from 'zod';
import { nearest } from './nearest.ts';

/** One problem of a contract: where in it, and one sentence. */
export type Problem = { readonly path: readonly PropertyKey[]; readonly message: string };

/** Turns what zod found into sentences, one for each problem; `data` is what was parsed. */
export function explain(issue: z.core.$ZodIssue, data: unknown): readonly Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = issue.message.split(', ');
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: unknownKey(key, known) }));
  }
  const given = valueAt(data, issue.path);
  if (issue.code === 'invalid_union' && typeof given === 'object' && given !== null) {
    // Whoever wrote a mapping is told what is wrong in it.
    const inner = issue.errors.find(([first]) => first !== undefined && (first.path.length > 0 || first.code !== 'invalid_value'));
    if (inner) return inner.flatMap((each) => explain({ ...each, path: [...issue.path, ...each.path] }, data));
  }
  return [{ path: issue.path, message: sentence(issue, given) }];
}

function sentence(issue: z.core.$ZodIssue, given: unknown): string {
  if (issue.code === 'invalid_key') return `${issue.issues[0]?.message ?? issue.message}, got ${inWords(issue.path.at(-1))}`;
  if (!issue.message.startsWith('expected ')) return issue.message;
  if (given === undefined) return `is missing: ${issue.message}`;
  const remedy = issue.message === 'expected text' && typeof given === 'number' ? '; put it in quotes' : '';
  return `${issue.message}, got ${inWords(given)}${remedy}`;
}

/** `executions[0].llm[1].text`; empty for the whole contract. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('').replace(/^\./, '');
}

function unknownKey(key: string, known: readonly string[]): string {
  const meant = nearest(key, known);
  return meant === undefined ? `unknown key; known are ${known.join(', ')}` : `unknown key; did you mean ${meant}?`;
}

/** The value at a path of data; undefined where there is none. */
export function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((value, key) => (Object.hasOwn(Object(value), key) ? Reflect.get(Object(value), key) : undefined), data);
}

/** A value in a few words: secrets do not belong in a contract, so that nothing is hidden, only cut. */
function inWords(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') {
    const keys = Object.keys(value);
    return keys.length === 0 ? 'an empty mapping' : `a mapping with ${keys.slice(0, 5).join(', ')}`;
  }
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  return typeof value === 'number' ? String(value) : JSON.stringify(value);
}
