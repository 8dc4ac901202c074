import { bytesIn } from '../model/bytes.ts';
import type { Plan } from './plan.ts';

type Path = readonly (string | number)[];

/** Where the input of an execution has texts, the longest first. */
export function inputTexts({ input }: Plan): { readonly path: Path; readonly text: string }[] {
  return textsIn(input, []).toSorted((a, b) => b.text.length - a.text.length);
}

/**
 * The execution with other texts in its input at these paths, and where they stand in the result, whole or in part, there too. The model's
 * last text is changed likewise where the result is to hold it. `change` gives the new text of an old one.
 */
export function varied(plan: Plan, paths: readonly Path[], change: (text: string) => string): Plan {
  const chosen = inputTexts(plan).filter(({ path }) => paths.some((each) => each.join('\0') === path.join('\0')));
  const last = plan.llm.at(-1);
  const answer = last !== undefined && 'text' in last && textsIn(plan.expect.result, []).some(({ text }) => text === last.text)
    ? last.text : undefined;
  const inResult = (text: string): string => {
    if (text === answer) return change(text);
    const part = chosen.find((each) => text === each.text || (each.text.length >= leastPart && text.includes(each.text)));
    return part === undefined ? text : text.replaceAll(part.text, () => change(part.text));
  };
  return {
    ...plan,
    input: plan.input.map((item, index) => chosen.filter(({ path }) => path[0] === index).reduce(
      (value, { path, text }) => replaced(value, path.slice(1), change(text)), item,
    )),
    llm: plan.llm.map((reply, index) => (
      answer !== undefined && index === plan.llm.length - 1 ? { ...last, text: change(answer) } : reply
    )),
    expect: plan.expect.failure === undefined ? { ...plan.expect, result: mapTexts(plan.expect.result, inResult) } : plan.expect,
  };
}

/** Shorter texts stand in others by chance. */
const leastPart = 3;

function textsIn(value: unknown, path: Path): { path: Path; text: string }[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, [...path, index]));
  if (typeof value !== 'object' || value === null || bytesIn(value) !== undefined) return [];
  return Object.entries(value).flatMap(([key, item]) => textsIn(item, [...path, key]));
}

function mapTexts(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, map)]));
}

function replaced(value: unknown, [key, ...rest]: Path, text: string): unknown {
  if (key === undefined) return text;
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? replaced(item, rest, text) : item));
  return Object.fromEntries(Object.entries(Object(value)).map(([name, item]) => [name, name === key ? replaced(item, rest, text) : item]));
}
