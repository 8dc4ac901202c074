import { inject } from 'vitest';
import type { Baseline } from '../baselines/baseline.ts';
import type { Identity } from '../runtimes/identify.ts';
import type { Contract } from '../contract/schema.ts';
import type { MissingEyes } from '../model/eyes.ts';
import type { Observation } from '../model/observation.ts';
import type { Emulation } from '../system/emulation/emulation.ts';
import type { RunFolder } from '../system/launch/run-folder.ts';
import type { CheckResult, Endurance, Measurement, MemoryCourse, RegressionDecision, Report, StartUp } from '../model/report.ts';
import type { RunningService } from '../services/service.ts';
import type { ServerInfo } from '../temporal/connect.ts';

/** The last release's executable: its copy, which is launched, the file that its user named, and what it is. */
export type Previous = {
  readonly binary: string;
  readonly named: string;
  /** Of the file, or of the folder that is released. */
  readonly sha256: string;
  readonly sizeBytes: number;
  /** It has the very bytes of the subject: there is nothing to decide. */
  readonly isSame: boolean;
};

/** Everything that the suites are told; plain data, because it goes to another thread. */
export type RunContext = {
  /** The copy of the executable that is launched, and the file that its user named. */
  readonly binary: string;
  readonly named: string;
  readonly identity: Identity;
  readonly contract: Contract | undefined;
  readonly server: ServerInfo | undefined;
  /** What this platform or machine has no eye for. */
  readonly eyes: MissingEyes;
  /** The services of the contract that could be started. */
  readonly services: readonly RunningService[];
  readonly baseline: Baseline | undefined;
  /** What a recording of the baseline follows from; undefined where that cannot be told. */
  readonly recordingKey: string | undefined;
  readonly previous: Previous | undefined;
  /** What runs the executable here in place of a processor or a system of its own. */
  readonly emulation: Emulation | undefined;
  /** Why nothing here can run it; undefined where something does. */
  readonly notRunHere: string | undefined;
  readonly profile: Report['tool']['profile'];
  /** How long a soak's launch stands idle. */
  readonly soakMinutes: number;
  readonly only: readonly string[];
  readonly run: RunFolder;
  /** Where checks put the files that prove what they say. */
  readonly evidenceFolder: string;
  /** The value of every secret variable in this run, to be searched wherever it must not be. */
  readonly canaries: Readonly<Record<string, string>>;
};

declare module 'vitest' {
  interface ProvidedContext {
    run: RunContext;
  }
  interface TaskMeta {
    check?: Omit<CheckResult, 'durationMs' | 'file' | 'line'>;
    observations?: Observation[];
    measurements?: Measurement[];
    decisions?: RegressionDecision[];
    startUps?: StartUp[];
    loadedAtStart?: string[];
    endurance?: Endurance;
    memoryPoint?: MemoryCourse['points'][number] | undefined;
  }
}

/** What the suites were told. */
export function runContext(): RunContext {
  const run: RunContext | undefined = inject('run');
  if (run === undefined) throw new Error('run the suites with: npm test -- --binary FILE');
  return run;
}
