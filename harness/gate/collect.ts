import { loadContract } from '../contract/load.ts';
import type { Waiver } from '../model/waiver.ts';
import type { Release } from './release.ts';
import { readArtifacts } from './read/read-artifacts.ts';
import { readReports, type Place } from './read/read-reports.ts';

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

/**
 * Reads everything that was handed over. Throws `UsageError` for a contract that is none; whatever else is wrong is kept to be judged.
 */
export async function collectRelease(handed: Handed, place: Place, toolVersion: string, now: Date): Promise<Release> {
  const { commit, waivers, artifacts } = handed;
  const contract = handed.contract === undefined ? undefined : await loadContract(handed.contract);
  return {
    now,
    toolVersion,
    required: handed.required.length > 0 ? handed.required : (contract?.contract.platforms ?? []),
    commit,
    contract: contract && { ...contract, file: place.shownPath(contract.file) },
    waivers,
    reports: await readReports(handed.reports, place),
    artifacts: artifacts.length === 0 ? undefined : await readArtifacts(artifacts, place),
    earlier: await readReports(handed.earlier, place),
  };
}
