/** A promise that a contract no longer makes, or makes less of: where it stands in the contract, what stood there, and what does now. */
export type Weakening = { readonly path: string; readonly was: string; readonly is: string };

/** What stands nowhere any more. */
const gone = 'nothing';
const longest = 80;

/** JSON has no integers above 2^53, a contract has. */
const plain = (_key: string, item: unknown): unknown => (typeof item === 'bigint' ? `${item}` : item);

/** A value as a sentence shows it. */
export function told(value: unknown): string {
  if (value === undefined) return gone;
  const text = typeof value === 'string' ? value : JSON.stringify(value, plain);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** One weakening where `isWeaker`, else none. */
export function weaker(isWeaker: boolean, path: string, was: unknown, is: unknown): Weakening[] {
  return isWeaker ? [{ path, was: told(was), is: told(is) }] : [];
}

/** Entries of a list of promises that are no longer there. */
export function lost(path: string, was: readonly string[], is: readonly string[]): Weakening[] {
  return was.filter((entry) => !is.includes(entry)).map((entry) => ({ path, was: entry, is: gone }));
}

/** Entries of a list of exceptions that have come. */
export function excepted(path: string, was: readonly string[], is: readonly string[]): Weakening[] {
  return is.filter((entry) => !was.includes(entry)).map((entry) => ({ path, was: gone, is: entry }));
}

/** Limits that were raised or taken away, however deep they stand. */
export function raised(path: string, was: object, is: object): Weakening[] {
  const now = new Map<string, unknown>(Object.entries(is));
  return Object.entries(was).flatMap(([key, limit]: [string, unknown]) => {
    const [at, other] = [`${path}.${key}`, now.get(key)];
    if (typeof limit === 'number') return weaker(typeof other !== 'number' || other > limit, at, limit, other);
    if (typeof limit !== 'object' || limit === null) return [];
    return raised(at, limit, typeof other === 'object' && other !== null ? other : {});
  });
}
