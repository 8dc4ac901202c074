import { inject } from 'vitest';

/** What a person asks of the proofs beside vitest's own options: the flags and words of `npm run proofs`. */
export type Asked = {
  /** Only these rows of the proofs that have some; all when there are none. */
  readonly rows: readonly string[];
  /** A control runs all areas, not only those of its red checks. */
  readonly whole: boolean;
  /** Where all would take too long, a part: for a CI. Its choice follows from the commit. */
  readonly sample: boolean;
  /** Of the controls only one part, counted from 1: for machines that share them. */
  readonly shard?: { readonly index: number; readonly count: number };
  /** New pictures are taken in place of compared. */
  readonly update: boolean;
  /** A folder for whole screenshots. */
  readonly shots?: string;
};

declare module 'vitest' {
  interface ProvidedContext {
    asked?: Asked;
  }
}

/** What was asked for; under bare vitest nothing special. */
export function asked(): Asked {
  return inject('asked') ?? { rows: [], whole: false, sample: false, update: false };
}

/** The rows of a table that were asked for. @throws {TypeError} for a name that the table does not have. */
export function chosenRows<Row>(table: readonly Row[], nameOf: (row: Row) => string): Row[] {
  const { rows } = asked();
  const names = [...new Set(table.map(nameOf))];
  const unknown = rows.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new TypeError(`there is no row ${unknown.join(', ')}; there are ${names.join(', ')}`);
  return table.filter((row) => rows.length === 0 || rows.includes(nameOf(row)));
}
