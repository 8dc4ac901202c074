/** What is said on purpose, about the subject or why nothing can be said. A wait passes it on: waiting does not change it. */
export abstract class Statement extends Error {
  override readonly name: string = this.constructor.name;
}

/** Something the user typed or wrote is wrong: one sentence, exit code 2. */
export class UsageError extends Statement {}

/** The machine, the server or a service let us down: nothing can be said about the subject, exit code 3. */
export class InfrastructureError extends Statement {}

/** Ends a check without an answer: the outcome is `inconclusive`, never `pass`. */
export class CouldNotJudge extends Statement {}

/** There is nothing to judge here, for a reason that the reader accepts. */
export class NotApplicable extends Statement {}

/** There is no eye for it on this platform or machine, or in this kind of worker: `why` says which, and how to get it. */
export class NotLookedFor extends NotApplicable {
  readonly why: string;

  constructor(why: string) {
    super(`not looked for here: ${why}`);
    this.why = why;
  }
}

/** What a failing check has to say beside its sentence. */
export type Difference = {
  readonly expected?: string;
  readonly got?: string;
  readonly remedy?: string;
};

/** A promise that the subject did not keep: the outcome is `fail`. */
export class CheckFailed extends Statement {
  readonly difference: Difference;

  constructor(message: string, difference: Difference = {}, options?: ErrorOptions) {
    super(message, options);
    this.difference = difference;
  }
}

/** The message of whatever was thrown; errors that came from another thread are plain objects. */
export function messageOf(thrown: unknown): string {
  if (typeof thrown === 'string') return thrown;
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown && typeof thrown.message === 'string') return thrown.message;
  return JSON.stringify(thrown) ?? 'undefined';
}

/** What a system says when it has no more of something, or its disk fails: see errno(3). */
const exhausted: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN', 'EROFS', 'EIO']);

/** Whether the machine is at an end: no room, no more open files, no memory. Errors that came from another thread are plain objects. */
export function isExhausted(thrown: unknown): boolean {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && exhausted.has(thrown.code);
}
