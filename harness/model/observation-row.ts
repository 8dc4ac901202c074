import type { Args } from './signature.ts';

/** One row of the hazard table for what is read: which hazard it is, why it is there, and what to do. */
export type ObservationRow = {
  readonly hazard: (args: Args) => string;
  readonly cause: (args: Args) => string; // one sentence
  readonly remedy: (args: Args) => string; // the text to put into the spec or the build, or the thing to do
  /** The command lines of what keeps the baseline's environment that the remedy speaks of; each is an argument where it is known. */
  readonly commands?: readonly ('sync' | 'production' | 'build')[];
};
