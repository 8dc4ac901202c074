/** Kinds of blocks that say: something is known to be wrong. One of them, and the gate fails (exit 1). */
export const wrongKinds = [
  'missing', // a required platform without a report, or a path that leads to none
  'not-required', // a report of a platform that is not in `--require`: what is handed over counts, and what counts is required
  'duplicate', // two reports of one platform
  'red', // a check failed
  'errors', // an error outside the checks
  'partial', // `--only` or `--profile quick`
  'no-checks', // a report without a single check that ran
  'incomplete', // fewer checks than the report itself, the catalogue or another platform's report owes
  'not-applicable', // not applicable without a reason, or where it must apply
  'duplicate-check', // one check twice in a report
  'contradictory', // numbers of the report speak against its outcomes or against the contract
  'tampered', // the verdict is not that of the checks, or a file beside the report is another one
  'unsigned', // signatures are required, and the report has none of somebody who is trusted
  'stale', // about another commit or another file than is to be released, or too old
  'other-contract', // verified with another contract than the one that was given
  'weaker-contract', // the contract promises less than that of the previous release
  'other-previous', // compared with another executable than the last release's report is about
  'mixed', // platforms that do not belong to one release: another commit, version, worker, contract or frostgate
  'emulated', // no machine of the platform has run it, and nobody allowed that
  'foreign-binary', // the file is made for another platform than the report is about
  'changed-binary', // the file was another one after the run, or gone
  'no-binary', // the report is about no file
  'artifact-missing', // a platform without its file among the artifacts
  'artifact-unverified', // a file among the artifacts that no report is about
  'artifact-changed', // an artifact changed while it was read
] as const;

/** Kinds of blocks that say: this could not be judged. When there are no others, the gate is inconclusive (exit 3). */
export const unjudgedKinds = [
  'unreadable', // a report that is there and cannot be read
  'other-schema', // a report of another schema version
  'inconclusive', // a check could not judge, or there was no contract
  'infrastructure', // server, service or machine failed
  'interrupted', // a signal ended the run
  'clock', // times that cannot be
  'artifact-unreadable', // an artifact that cannot be read
] as const;

/** Why a release is blocked. */
export type Kind = (typeof wrongKinds)[number] | (typeof unjudgedKinds)[number];
