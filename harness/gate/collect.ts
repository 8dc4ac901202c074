import { shownPath } from '../cli/shown-path.ts';
import { loadContract } from '../contract/load.ts';
import { ownVersion } from '../system/own-package.ts';
import type { Release } from './release.ts';
import type { GateOptions } from '../cli/gate/options.ts';
import { gateFolder } from './publish.ts';
import { readArtifacts } from './read/read-artifacts.ts';
import { readReports } from './read/read-reports.ts';

/**
 * Reads everything that the command line names. Throws `UsageError` for a contract that is none; anything else is kept to be judged.
 */
export async function collectRelease(options: GateOptions, now: Date): Promise<Release> {
  const { commit, waivers, artifacts, reportDir } = options;
  const contract = options.contract === undefined ? undefined : await loadContract(options.contract);
  return {
    now,
    toolVersion: ownVersion,
    required: options.required.length > 0 ? options.required : (contract?.contract.platforms ?? []),
    commit,
    contract: contract && { ...contract, file: shownPath(contract.file) },
    waivers,
    reports: await readReports(options.reports, gateFolder(reportDir)),
    artifacts: artifacts.length === 0 ? undefined : await readArtifacts(artifacts),
    earlier: await readReports(options.earlier, gateFolder(reportDir)),
  };
}
