import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { shorten, oneLine } from '../../harness/model/text.ts';

/** What came of one row. */
export type Row = {
  /** The executable's name, or what was done to it or to the harness. */
  readonly name: string;
  readonly expected: 'fail' | 'pass' | 'inconclusive';
  /** The areas that were verified; none means all. */
  readonly areas: readonly string[];
  /** The checks that had to be red or without an answer, and those that were. */
  readonly checks: readonly { readonly id: string; readonly outcome: string; readonly reason: string }[];
  readonly seconds: number;
  /** How the report is not what it had to be. */
  readonly deviations: readonly string[];
  /** What was left on the machine. */
  readonly left: readonly string[];
};

declare module 'vitest' {
  interface TaskMeta {
    row?: Row;
  }
}

const words = { fail: 'red', pass: 'green', inconclusive: 'could not judge' };
const shownWrong = 5;
const widths = { name: 34, check: 44, reason: 80 };

/** One line for each row: defect, check, what it says, seconds. What went wrong stands below the row. */
export function tableText(rows: readonly Row[]): string {
  const lines = rows.flatMap(({ name, expected, checks, seconds, deviations, left }) => {
    const [first, ...more] = checks;
    const ids = first === undefined ? words[expected] : `${first.id}${more.length > 0 ? ` and ${more.length} more` : ''}`;
    const wrong = [...deviations, ...left.map((what) => `left behind: ${what}`)];
    const shown = [...wrong.slice(0, shownWrong), ...(wrong.length > shownWrong ? [`and ${wrong.length - shownWrong} more`] : [])];
    return [line(name, ids, first?.reason ?? '', seconds.toFixed(1)), ...shown.map((text) => `    WRONG  ${oneLine(text)}`)];
  });
  return [line('defect', 'check', 'reason', 's'), ...lines].join('\n');
}

function line(name: string, check: string, reason: string, seconds: string): string {
  const texts = [[name, widths.name], [check, widths.check], [oneLine(reason), widths.reason]] as const;
  return [...texts.map(([text, width]) => shorten(text, width).padEnd(width)), seconds.padStart(6)].join('  ');
}

/** The sum of it in one line: how many of each kind are as they must be. */
export function sumText(rows: readonly Row[]): string {
  const kinds = Map.groupBy(rows, ({ expected }) => expected);
  const good = (some: readonly Row[]): number => some.filter(({ deviations, left }) => deviations.length + left.length === 0).length;
  return Array.from(kinds, ([kind, some]) => `${good(some)} of ${some.length} ${words[kind]} as expected`).join(', ');
}

/** All that machines are told. */
export type Result = { readonly seed: string; readonly sample: boolean; readonly rows: readonly Row[] };

/** Writes it as JSON. */
export function writeResult(file: string, result: Result): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, null, 1)}\n`);
}
