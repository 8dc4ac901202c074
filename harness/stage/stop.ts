import type { ActivityRun, HistoryEvent } from '../temporal/history.ts';
import type { Ending } from './endings.ts';
import type { Signs } from './stop-fault.ts';

/** One stop of one worker that was started to be stopped. */
export type Stop = Ending & {
  /** What became of the activity that was in flight, where that is told. */
  readonly inFlight: InFlight | undefined;
  /** When the signals came, in words, where the moment matters. */
  readonly when?: string;
  readonly signs?: Signs;
};

export type InFlight = {
  /** The worker ended while the activity was still being held. */
  readonly leftEarly: boolean;
  readonly run: ActivityRun | undefined;
  /** It was this launch that completed it. */
  readonly byItself: boolean;
  /** After the stop the server holds it for another attempt, or has its failure: it was given back, not abandoned. */
  readonly givenBack: boolean;
  readonly history: readonly HistoryEvent[];
  /** Says that the worker waited for a CPU for most of its stop: then its activity may have timed out for that. */
  readonly starved: string | undefined;
};
