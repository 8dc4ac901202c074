import { finderOf } from './secrets/finder.ts';
import type { Secret } from './secrets/secret.ts';
import { merged } from './secrets/spans.ts';

export type { Secret } from './secrets/secret.ts';

/** Shorter values occur by chance, and replacing them would spoil the report. */
const shortestValue = 6;

/** Replaces secrets in one text after another. */
export type Redactor = (text: string, encoding?: 'latin1') => { readonly text: string; readonly found: string[] };

/**
 * Replaces every occurrence of every secret by `<secret NAME>`, in every encoding in which secrets are searched for, also where blanks or
 * line breaks stand in it and where it stands in pieces (see secrets/finder). Values under 6 characters are not searched for.
 * Works on text and on bytes decoded as latin1 when `encoding` says so.
 */
export function redactorOf(secrets: readonly Secret[]): Redactor {
  const find = finderOf(secrets.filter(({ value }) => value.length >= shortestValue));
  return (text, encoding) => {
    const bytes = Buffer.from(text, encoding ?? 'utf8');
    const spans = merged(find(bytes));
    if (spans.length === 0) return { text, found: [] };
    let [done, result] = [0, ''];
    for (const { name, start, end } of spans) {
      result += `${bytes.toString(encoding ?? 'utf8', done, start)}<secret ${name}>`;
      done = end;
    }
    return { text: result + bytes.toString(encoding ?? 'utf8', done), found: [...new Set(spans.map(({ name }) => name))] };
  };
}

/** Replaces the secrets in one text. */
export function redact(text: string, secrets: readonly Secret[], encoding?: 'latin1'): ReturnType<Redactor> {
  return redactorOf(secrets)(text, encoding);
}

/** A copy of a JSON value with the secrets replaced in every string; keys stay as they are. */
export function redactDeep(value: unknown, secrets: readonly Secret[]): unknown {
  const replaced = redactorOf(secrets);
  return JSON.parse(JSON.stringify(value), (_, part: unknown) => (typeof part === 'string' ? replaced(part).text : part));
}
