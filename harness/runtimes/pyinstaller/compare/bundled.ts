import { createHash } from 'node:crypto';
import { eq, valid } from '@renovatebot/pep440';
import { normalisedName } from '../../../baselines/lock.ts';
import type { Baseline } from '../../../baselines/baseline.ts';
import { frozenVersions, type FrozenVersion } from '../../../baselines/survey/frozen-versions.ts';
import type { Survey } from '../../../baselines/survey/survey.ts';
import type { FrozenBundle } from '../../bundle.ts';
import { codePlaces } from '../module-code.ts';
import { readEntry } from '../read-entry.ts';
import { optimisationOf } from './hints.ts';

/** What is inside of one distribution that the baseline has installed. */
export type Bundled = {
  readonly name: string;
  readonly installed: string;
  /** The version inside, where something says it. */
  readonly found?: string;
  /** Whether it is the installed one; absent where nothing tells. */
  readonly same?: boolean;
  /** What tells. */
  readonly by?: 'metadata' | 'code' | 'hashes';
};

/** What is larger is not hashed. */
const limitBytes = 256_000_000;

/**
 * The version of each installed distribution of which something is inside: by its metadata, by what its code says, by its code beside the
 * installed files, by the hashes of its native files in its wheel's RECORD. Of editable installations nothing is said.
 * @throws {CouldNotJudge} when the baseline's interpreter does not get through. @throws {BundleError} when the bundle changed.
 */
export async function bundledVersions(
  bundle: FrozenBundle, baseline: Baseline, survey: Survey, signal?: AbortSignal,
): Promise<Bundled[]> {
  const inside = new Map(bundle.distributions.filter(({ folder }) => !folder.includes('/')).map(
    ({ name, version }) => [normalisedName(name), version],
  ));
  const known = survey.distributions.flatMap(({ name, version: installed }): Bundled[] => {
    const found = inside.get(normalisedName(name));
    return found === undefined ? [] : [{ name, installed, found, same: sameVersion(found, installed), by: 'metadata' }];
  });
  const readable = bundle.bytecodeMagic === survey.bytecodeMagic;
  const told = await frozenVersions(baseline, survey, {
    archive: bundle.archiveFile, optimise: optimisationOf(bundle), known: [...inside.keys()],
    modules: readable ? codePlaces(bundle).map(({ module: { name }, start, end }) => ({ name, start, end })) : [],
    held: [...bundle.modules.map(({ name }) => name), ...bundle.entries.map(({ name }) => name)],
  }, signal);
  return [...known, ...(await Promise.all(told.map((each) => byCode(bundle, each))))];
}

/** As PEP 440 compares them: 1.0 is 1.0.0. What is no such version is compared as text. */
export function sameVersion(left: string, right: string): boolean {
  return valid(left) !== null && valid(right) !== null ? eq(left, right) : left === right;
}

async function byCode(bundle: FrozenBundle, { name, version: installed, says, code, natives }: FrozenVersion): Promise<Bundled> {
  if (says !== null) return { name, installed, found: says, same: sameVersion(says, installed), by: 'code' };
  if (code === 'other') return { name, installed, same: false, by: 'code' };
  const hashes = await Promise.all(natives.map((native) => sameBytes(bundle, native)));
  if (hashes.includes(false)) return { name, installed, same: false, by: 'hashes' };
  if (code === 'same') return { name, installed, found: installed, same: true, by: 'code' };
  return hashes.includes(true) ? { name, installed, found: installed, same: true, by: 'hashes' } : { name, installed };
}

/** Whether a native file is the wheel's; undefined where it may be that and stripped, packed or signed anew. */
async function sameBytes(
  bundle: FrozenBundle, { file, sha256, sizeBytes }: FrozenVersion['natives'][number],
): Promise<boolean | undefined> {
  const entry = bundle.entries.find((each) => each.name === file && /^(?:library|extension module)$/.test(each.role));
  if (entry === undefined || sha256 === null || entry.sizeBytes !== sizeBytes) return undefined;
  const digest = createHash('sha256').update(await readEntry(bundle, entry, { limitBytes })).digest('hex');
  return digest === sha256 ? true : bundle.format === 'ELF' ? false : undefined;
}
