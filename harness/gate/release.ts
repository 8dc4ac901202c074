import { loadContract, type LoadedContract } from '../contract/load.ts';
import type { GateOptions } from '../cli/gate-options.ts';
import { UsageError } from '../model/errors.ts';
import { readPreviousRelease, type PreviousRelease } from './read/previous-release.ts';
import { readArtifacts, type ReadArtifacts } from './read/read-artifacts.ts';
import { readReports, type Place, type ReadReport, type ReadReports, type Unread } from './read/read-reports.ts';

/** What is handed to the gate: paths, and what they are to be held against. */
type Handed = Pick<
  GateOptions,
  'reports' | 'required' | 'emulated' | 'contracts' | 'profile' | 'commit' | 'artifacts' | 'waivers' | 'earlier' | 'previousRelease'
  | 'trusted'
>;

/** Everything that a decision is made from. Whoever has this gets the same decision. */
export type Release = Readonly<Pick<Handed, 'required' | 'emulated' | 'profile' | 'commit' | 'waivers'>> & {
  readonly now: Date;
  /** The version of this frostgate. */
  readonly toolVersion: string;
  /** Of each worker one. */
  readonly contracts: readonly LoadedContract[];
  /** Where there is one only: that of every report. */
  readonly contract: LoadedContract | undefined;
  /** Every report must be signed by somebody who is trusted. */
  readonly signed: boolean;
  readonly reports: ReadReports;
  /** Undefined when no artifact was named. */
  readonly artifacts: ReadArtifacts | undefined;
  /** What the last release promised; undefined when none was named. */
  readonly previousRelease: PreviousRelease | undefined;
  /** Reports of releases before this one. */
  readonly earlier: { readonly read: readonly Pick<ReadReport, 'report' | 'sha256'>[]; readonly unread: readonly Unread[] };
};

/** Reads everything that was handed over. Throws `UsageError` for a contract that is none; whatever else is wrong is kept to be judged. */
export async function collectRelease(handed: Handed, place: Place, toolVersion: string, now: Date): Promise<Release> {
  const { required, emulated, profile, commit, waivers, artifacts, trusted } = handed;
  // Sigstore's library is loaded for those who ask for it.
  const readSignature = trusted && await (await import('./read/signature.ts')).signatureReader(trusted);
  const loaded = await Promise.all(handed.contracts.map((file) => loadContract(file)));
  const contracts = loaded.map((contract) => ({ ...contract, file: place.shownPath(contract.file) }));
  const named = Map.groupBy(contracts, ({ contract }) => contract.worker);
  const twice = [...named.values()].find((same) => same.length > 1);
  if (twice !== undefined) throw new UsageError(`two contracts are of the worker ${twice[0]?.contract.worker}: ` +
    `${twice.map(({ file }) => file).join(' and ')}; give one for each worker`);
  return {
    now,
    toolVersion,
    required: required.length > 0 ? required : [...new Set(contracts.flatMap(({ contract }) => contract.platforms))],
    emulated,
    profile,
    commit,
    contracts,
    contract: contracts.length === 1 ? contracts[0] : undefined,
    waivers,
    signed: readSignature !== undefined,
    reports: await readReports(handed.reports, { ...place, ...(readSignature && { readSignature }) }),
    artifacts: artifacts.length === 0 ? undefined : await readArtifacts(artifacts, place),
    previousRelease: handed.previousRelease === undefined ? undefined : await readPreviousRelease(handed.previousRelease, place),
    earlier: await readReports(handed.earlier, place),
  };
}
