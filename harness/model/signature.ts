/** What a pattern captured, by group name; groups that took no part are left out. */
export type Args = Readonly<Record<string, string>>;

/** Where a text comes from: output of a process (also failure messages), a workflow's history, or a process's command line. */
export type SourceKind = 'output' | 'history' | 'argv';

/** One row of the hazard table: what a line looks like, why it is there, and what to do. */
export type Signature = {
  /** The hazard's id, or a runtime's own word for a message of its loader that no row knows. */
  readonly id: string;
  /** Tested against one line. Gaps are bounded, so that a hostile line costs linear time. */
  readonly pattern: RegExp;
  /** What must stand on the same line or on one of the next 60, where one line does not suffice. */
  readonly followedBy?: RegExp;
  /** Default: output and history. */
  readonly where?: readonly SourceKind[];
  /** Reported even when no check failed, because a healthy worker never prints it. */
  readonly always?: true;
  /** Dropped when the baseline printed it too. */
  readonly subjectOnly?: true;
  /** A consequence of some cause: dropped when the same source tells a cause. */
  readonly fallback?: true;
  /** One sentence. */
  readonly cause: (args: Args) => string;
  /** The text to put into the spec or the build, or the thing to do. */
  readonly remedy: (args: Args) => string;
};
