/** What comparing a report with the files beside it gave. */
export type Compared = {
  /** What was changed after the report was written; each reads on after "its report". */
  readonly mismatches: readonly string[];
  /** What could not be compared; each is a sentence without a full stop that speaks of the platform. */
  readonly remarks: readonly string[];
};
