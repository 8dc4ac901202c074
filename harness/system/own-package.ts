import { existsSync, readFileSync } from 'node:fs';

const besideSources = new URL('../../package.json', import.meta.url);

/** frostgate's own package.json; the compiled modules lie one folder deeper than the sources. */
export const ownPackageFile: URL = existsSync(besideSources) ? besideSources : new URL('../../../package.json', import.meta.url);

/** The version of frostgate. */
export const { version: ownVersion }: { version: string } = JSON.parse(readFileSync(ownPackageFile, 'utf8'));
