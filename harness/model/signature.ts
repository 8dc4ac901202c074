/** What a pattern captured, by group name; groups that took no part are left out. */
export type Args = Readonly<Record<string, string>>;

/** Where a text comes from: output of a process (also failure messages), a workflow's history, or a process's command line. */
export type SourceKind = 'output' | 'history' | 'argv';

/** One row of the hazard table: what a line looks like, why it is there, and what to do. */
export type Signature = {
  readonly id: string; // the hazard's, or a word for a message that no row knows
  readonly pattern: RegExp; // tested against one line; gaps are bounded, so that a hostile line costs linear time
  readonly followedBy?: RegExp; // what must stand on the same line or on one of the next 60, where one line does not suffice
  readonly where?: readonly SourceKind[]; // default: output and history
  readonly always?: true; // reported even when no check failed, because a healthy worker never prints it
  readonly subjectOnly?: true; // dropped when the baseline printed it too
  readonly fallback?: true; // a consequence of some cause: dropped when the same source tells a cause
  readonly cause: (args: Args) => string; // one sentence
  readonly remedy: (args: Args) => string; // the text to put into the spec or the build, or the thing to do
};
