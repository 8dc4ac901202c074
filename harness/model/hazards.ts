import type { Area } from './areas.ts';
import type { Act } from './check-row.ts';
import type { ObservationRow, Signature } from './hazard-table.ts';
import type { ObservationKind } from './observation.ts';

/** What is known of how executables of one kind go wrong: rows, and what follows from what. A new hazard is one row. */
export type Hazards = {
  readonly signatures: readonly Signature[]; // for lines of a log; of the rows that match a line the first one wins
  readonly observations: Readonly<Record<ObservationKind, ObservationRow>>; // for what is read
  readonly first: readonly ObservationKind[]; // what is told above everything else: much of that may follow from it
  /** Of two observations about the same things the one that stands here first knows why; the other is its consequence. */
  readonly reasons: readonly ObservationKind[];
  /** What is told only where an execution fails and nothing else says why, or a log names what follows from it. */
  readonly doubts: readonly ObservationKind[];
  /** What makes checks of these areas fail in other words than its own, where nothing else says why. */
  readonly wordless: Partial<Readonly<Record<ObservationKind, readonly Area[]>>>;
  /** The hazards that a log may name as a consequence of what was read; what explains nothing in a log is left out. */
  readonly consequences: Partial<Readonly<Record<ObservationKind, readonly string[]>>>;
  readonly failedScript?: RegExp; // the line by which a loader says that a script, whose traceback stands above, has failed
  readonly silent: Partial<Readonly<Record<ObservationKind, readonly Act[]>>>; // what it spoils without a word in any log
};
