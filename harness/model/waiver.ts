/** A failed or inconclusive check that may be released with, who knows why, and for how long. */
export type Waiver = {
  readonly id: string;
  /** The only platform on which it holds; absent: on all. */
  readonly platform?: string;
  readonly reason: string;
  /** The last day on which it holds, as YYYY-MM-DD in UTC. */
  readonly until: string;
};
