import { UsageError } from '../model/errors.ts';
import { platforms } from '../model/platforms.ts';

const systems: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };
const architectures: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', arm64: 'arm64' };

/** Names the platform that is verified where this machine is another; threads and child processes of the harness inherit it. */
export const platformVariable = 'FROSTGATE_PLATFORM';

/** The platform of this machine in the words of reports and contracts, for example "linux-amd64". */
export function machinePlatform(): string {
  return `${systems[process.platform] ?? process.platform}-${architectures[process.arch] ?? process.arch}`;
}

/** The platform that is verified: the one that FROSTGATE_PLATFORM names, else this machine's. Throws a UsageError for an unknown name. */
export function platformId(): string {
  const given = process.env[platformVariable];
  if (given === undefined || given === '') return machinePlatform();
  if (platforms.some((known) => known === given)) return given;
  throw new UsageError(`${platformVariable}: expected one of ${platforms.join(', ')}, got ${given}`);
}
