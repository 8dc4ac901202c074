const systems: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };
const architectures: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', arm64: 'arm64' };

/** The name of a platform in reports and contracts, for example "linux-amd64". */
export function platformId(platform: NodeJS.Platform = process.platform, architecture: NodeJS.Architecture = process.arch): string {
  return `${systems[platform] ?? platform}-${architectures[architecture] ?? architecture}`;
}
