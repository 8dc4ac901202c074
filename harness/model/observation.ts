/** A promise that does not hold: what a check of the bundle fails for. */
const defectKinds = [
  'missing-module', 'other-kind', 'missing-data', 'missing-library', 'missing-metadata', 'missing-plugins', 'missing-listing',
  'missing-entry-point', 'stale-source', 'other-version', 'development-tool', 'secret', 'glibc-floor', 'macos-floor', 'foreign-member',
  'other-python', 'damaged-member', 'misaligned-library', 'lost-state',
] as const;

/** What the program asked for, from source or frozen, and may do without: told only where an execution fails and nothing else says why. */
const doubtKinds = ['coped-metadata', 'coped-source', 'missed-file', 'written-beside'] as const;

/** What breaks no promise by itself, but can go wrong where the worker runs. */
const hintKinds = [
  'colliding-library', 'packed-library', 'missing-runtime-library', 'missing-ca-bundle', 'closed-sandbox', 'workflow-in-entry',
  'ignored-signals', 'fixed-folder', 'no-console', 'no-asserts', 'old-freezer', 'build-path', 'outlives-parent', 'unrun-module',
  'unresolved-import', 'spoken-file',
] as const;

/** What can be known of a defect by reading alone, without a log. */
export const observationKinds = [...defectKinds, ...doubtKinds, ...hintKinds] as const;
export type ObservationKind = (typeof observationKinds)[number];

/** One defect that was read from the executable, or from comparing it with the baseline, the lock file or the contract. Plain data. */
export type Observation = {
  readonly kind: ObservationKind;
  readonly args: Readonly<Record<string, string>>; // what its row in the table puts into cause and remedy, by name
  readonly line: string; // one line of evidence, which stands in the evidence of the check that found it
  readonly names: readonly string[]; // modules, files or distributions by which a log line about the same cause may call it
};
