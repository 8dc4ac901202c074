import type { LoadedContract } from '../contract/load.ts';
import type { Waiver } from '../model/waiver.ts';
import type { ReadArtifacts } from './read/read-artifacts.ts';
import type { ReadReport, ReadReports, Unread } from './read/read-reports.ts';

/** Everything that a decision is made from. Whoever has these release gets the same decision. */
export type Release = {
  readonly now: Date;
  /** The version of this frostgate. */
  readonly toolVersion: string;
  /** The platforms of the release. */
  readonly required: readonly string[];
  readonly commit: string | undefined;
  readonly contract: LoadedContract | undefined;
  readonly waivers: readonly Waiver[];
  readonly reports: ReadReports;
  /** Undefined when no artifact was named. */
  readonly artifacts: ReadArtifacts | undefined;
  /** Reports of releases before this one. */
  readonly earlier: { readonly read: readonly Pick<ReadReport, 'report' | 'sha256'>[]; readonly unread: readonly Unread[] };
};
