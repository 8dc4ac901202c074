import type { Observation } from '../model/observation.ts';
import type { Endurance, Measurement, RegressionDecision, StartUp } from '../model/report.ts';
import type { Actor } from './actor.ts';
import type { LaunchOptions } from './launches.ts';
import type { Fixture } from './scope.ts';
import type { RunContext } from './run-context.ts';

/** What a check may use. */
export type CheckContext = {
  readonly id: string;
  readonly run: RunContext;
  /** Asks for something that checks of a run share: connections, launches, stops, pairs. */
  readonly use: <T>(fixture: Fixture<T>) => Promise<T>;
  /** The ready worker that all checks share which only look. */
  readonly worker: () => Promise<Actor>;
  /** Aborts when the check's time is up or the run is interrupted. */
  readonly signal: AbortSignal;
  /** Starts a worker of the check's own, which ends with the check, however the check ends. */
  readonly launch: (options?: LaunchOptions) => Promise<Actor>;
  /** Keeps a file that proves what the check says. */
  readonly evidence: (title: string, fileName: string, text: string) => void;
  /** What the promise was held against, and how much of it. The last word counts; a check that compares nothing is no pass. */
  readonly compares: (count: number, what: string) => void;
  /** A short remark that is worth reading on a pass too. */
  readonly note: (text: string) => void;
  /** The number that the check is about, with its limit. */
  readonly value: (value: number, unit: string, limit?: number) => void;
  readonly measured: (measurement: Measurement) => void;
  /** What was decided beside the last release. */
  readonly decided: (decision: RegressionDecision) => void;
  /** Defects that were read, not watched; what they mean and what repairs them is told elsewhere. */
  readonly found: (observations: readonly Observation[]) => void;
  /** How much one launch was given in one go. */
  readonly endured: (endurance: Endurance) => void;
  /** The modules that the source has loaded when it is ready. */
  readonly loadedAtStart: (modules: readonly string[]) => void;
  /** The marks of one launch whose start was measured. */
  readonly startedUp: (startUp: StartUp) => void;
};

/** Returns when the promise is kept, throws CheckFailed when it is not, CouldNotJudge when that cannot be told, NotApplicable otherwise. */
export type Body = (context: CheckContext) => Promise<void> | void;
