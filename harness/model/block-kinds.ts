/** Kinds of blocks that say: something is known to be wrong. One of them, and the gate fails (exit 1). */
export const wrongKinds = [
  /** A required platform without a report, or a path that leads to none. */
  'missing',
  /** A report of a platform that is not in `--require`: what is handed over counts, and what counts is required. */
  'not-required',
  /** Two reports of one platform. */
  'duplicate',
  /** A check failed. */
  'red',
  /** An error outside the checks. */
  'errors',
  /** `--only` or `--profile quick`. */
  'partial',
  /** A report without a single check that ran. */
  'no-checks',
  /** Fewer checks than the report itself, the catalogue or another platform's report owes. */
  'incomplete',
  /** Not applicable without a reason, or where it must apply. */
  'not-applicable',
  /** One check twice in a report. */
  'duplicate-check',
  /** Numbers of the report speak against its outcomes or against the contract. */
  'contradictory',
  /** The verdict is not that of the checks, or a file beside the report is another one. */
  'tampered',
  /** About another commit or another file than is to be released. */
  'stale',
  /** Verified with another contract than the one that was given. */
  'other-contract',
  /** Platforms that do not belong to one release: another commit, version, worker, contract or frostgate. */
  'mixed',
  /** The file is made for another platform than the report is about. */
  'foreign-binary',
  /** The file was another one after the run, or gone. */
  'changed-binary',
  /** The report is about no file. */
  'no-binary',
  /** A platform without its file among the artifacts. */
  'artifact-missing',
  /** A file among the artifacts that no report is about. */
  'artifact-unverified',
  /** An artifact changed while it was read. */
  'artifact-changed',
] as const;

/** Kinds of blocks that say: this could not be judged. When there are no others, the gate is inconclusive (exit 3). */
export const unjudgedKinds = [
  /** A report that is there and cannot be read. */
  'unreadable',
  /** A report of another schema version. */
  'other-schema',
  /** A check could not judge, or there was no contract. */
  'inconclusive',
  /** Server, service or machine failed. */
  'infrastructure',
  /** A signal ended the run. */
  'interrupted',
  /** Times that cannot be. */
  'clock',
  /** An artifact that cannot be read. */
  'artifact-unreadable',
] as const;

/** Why a release is blocked. */
export type Kind = (typeof wrongKinds)[number] | (typeof unjudgedKinds)[number];
