import { valueAt } from './explain.ts';

/** Keys that a contract may hold and nothing reads yet, as paths; a proof keeps the list true. */
export const unreadKeys: readonly string[] = [];

/** One warning for each of these keys that the author of a contract wrote; `data` is the document before defaults are filled in. */
export function unreadWarnings(data: unknown, keys: readonly string[] = unreadKeys): string[] {
  return keys.filter((key) => valueAt(data, key.split('.')) !== undefined)
    .map((key) => `${key} in the contract: nothing reads this yet, so it changes neither a check nor the verdict`);
}
