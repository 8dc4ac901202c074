import type { Area } from './report.ts';

/** What a check cannot do without; where it is not there, the check could not judge. */
export type Need = 'contract' | 'baseline' | 'server';

/**
 * When a check may be not applicable: `by contract`: the contract leaves the promise out, or names nothing by which it can be seen;
 * `no secret`: the contract names none; `no baseline`: there is nothing to compare with; `no contents`: what is in the executable cannot
 * be listed.
 */
export type Skip = 'by contract' | 'no secret' | 'no baseline' | 'no contents';

/** A limit of the contract: its key in `budgets`, and how many of the check's units one of its own units is. */
export type Budget = {
  readonly key: 'sizeMb'
    | 'versionSeconds'
    | 'readySeconds'
    | 'memoryMb'
    | 'diskMb'; readonly unit: 'ms'
    | 'bytes'; readonly factor: number;
};

/** The numbers by which releases are compared. */
export type KeyNumber = 'readyMs' | 'memoryBytes';

/** What an executable does by itself. */
export type Act = 'print' | 'start' | 'stop';

/** One check, or with `<…>` in its id all checks that are derived from one part of a contract. Plain data. */
export type CheckRow = {
  /** Begins with its area; `<…>` stands for one part without a full stop. */
  readonly id: `${Area}.${string}`;
  /** A short sentence that is true when the check passes; `<…>` as in the id. */
  readonly title: string;
  /** Default: nothing. */
  readonly needs?: readonly Need[];
  /** Default: never. */
  readonly skippable?: readonly Skip[];
  /** The limit of its number; a check with one passes by a number. */
  readonly budget?: Budget;
  /**
   * What its number is, where that is known: the median of its measurement, or the size of the executable. It stands in the performance
   * table.
   */
  readonly value?: 'median' | 'file size';
  /** The number of a release that it gives; of several checks the last one that has it. */
  readonly key?: KeyNumber;
  /** What the executable must do for it by itself; a defect that prints nothing is told by which of these it spoils. */
  readonly act?: Act;
  /** Its note is the version that the executable printed. */
  readonly gives?: 'version';
  /** A stop, `shutdown.<signal>.<target>.<moment>`: reports show it by signal and moment, with the time that it took. */
  readonly stop?: true;
  /** The values that the first `<…>` of the id can have; default: all that the contract names. */
  readonly only?: readonly string[];
  /** Every contract gives at least one of these, whatever it names. */
  readonly atLeastOne?: true;
  /** It looks at the whole run: its body runs after all suites. */
  readonly closing?: true;
};
