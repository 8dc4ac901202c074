import { written } from './bytes.ts';

declare global {
  interface JSON {
    /** A value that JSON.stringify writes as this text, in Node since 22: https://tc39.es/proposal-json-parse-with-source/ */
    rawJSON: (text: string) => object;
  }
}

/** For JSON.parse, so that an integer which no double holds exactly is a bigint; the source of a value is of the same proposal. */
export function keepDigits(_: string, value: unknown, { source = '' }: { readonly source?: string } = {}): unknown {
  const isInexact = typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source);
  return isInexact ? BigInt(source) : value;
}

/** The JSON text of a value, bytes as a contract writes them; undefined where it has none. */
export function exactText(value: unknown): string | undefined {
  return JSON.stringify(value, (_, item: unknown) => {
    if (item instanceof Uint8Array) return written(item);
    return typeof item === 'bigint' ? JSON.rawJSON(String(item)) : item;
  });
}

/** A value that JSON.stringify writes exactly, in the place of one with bigints in it. */
export function writable(value: unknown): unknown {
  if (typeof value === 'bigint') return JSON.rawJSON(String(value));
  if (Array.isArray(value)) return value.map(writable);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, writable(item)]));
}
