/** The platforms a worker can be released for; the same words as `platformId` gives. */
export const platforms = ['linux-amd64', 'linux-arm64', 'darwin-amd64', 'darwin-arm64', 'windows-amd64'] as const;

/** One platform of a release. */
export type Platform = (typeof platforms)[number];
