/** Keys that a contract may hold and nothing reads yet, as paths; a proof keeps the list true. */
export const unreadKeys: readonly string[] = ['regression'];

/** One warning for each of these keys that the author of a contract wrote; `data` is the document before defaults are filled in. */
export function unreadWarnings(data: unknown): string[] {
  return unreadKeys.filter((key) => key.split('.').reduce(memberOf, data) !== undefined)
    .map((key) => `${key} in the contract: nothing reads this yet, so it changes neither a check nor the verdict`);
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? new Map<string, unknown>(Object.entries(value)).get(key) : undefined;
}
