/** A rule on the contract as a whole: what it is about, and one sentence where it is broken. */
export type Rule = readonly [path: readonly (string | number)[], problem: string | false | undefined];
