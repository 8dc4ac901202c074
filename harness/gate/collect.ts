import { loadContract } from '../contract/load.ts';
import type { Handed, Release } from './release.ts';
import { readArtifacts } from './read/read-artifacts.ts';
import { readReports, type Place } from './read/read-reports.ts';

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
