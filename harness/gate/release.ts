import type { LoadedContract } from '../contract/load.ts';
import type { Waiver } from '../model/waiver.ts';
import type { ReadArtifacts } from './read/read-artifacts.ts';
import type { ReadReport, ReadReports, Unread } from './read/read-reports.ts';

/** What is handed to the gate: paths, and what they are to be held against. */
export type Handed = {
  /** Files and folders that are, hold, or hold folders with a report.json. */
  readonly reports: readonly string[];
  /** The platforms of the release; empty: those of the contract. */
  readonly required: readonly string[];
  readonly contract: string | undefined;
  readonly commit: string | undefined;
  /** The files about to be shipped. */
  readonly artifacts: readonly string[];
  readonly waivers: readonly Waiver[];
  /** Reports of releases before this one. */
  readonly earlier: readonly string[];
};

/** Everything that a decision is made from. Whoever has this gets the same decision. */
export type Release = Pick<Handed, 'required' | 'commit' | 'waivers'> & {
  readonly now: Date;
  /** The version of this frostgate. */
  readonly toolVersion: string;
  readonly contract: LoadedContract | undefined;
  readonly reports: ReadReports;
  /** Undefined when no artifact was named. */
  readonly artifacts: ReadArtifacts | undefined;
  /** Reports of releases before this one. */
  readonly earlier: { readonly read: readonly Pick<ReadReport, 'report' | 'sha256'>[]; readonly unread: readonly Unread[] };
};
