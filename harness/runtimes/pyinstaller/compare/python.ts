import { satisfies } from '@renovatebot/pep440';
import type { Survey } from '../../../baselines/survey/survey.ts';
import type { FrozenBundle } from '../../bundle.ts';
import type { Observation } from '../../../model/observation.ts';
import { plainName } from './plain-name.ts';

/** No Python 3 release has come to more. */
const patchReleases = 40;

/**
 * A Python in the bundle that the contract does not allow, or that is not the baseline's (BC-10). A bundle does not say its patch release:
 * any that fits will do.
 */
export function otherPython(
  bundle: FrozenBundle, allowed: string | undefined, baseline: Pick<Survey, 'pythonVersion' | 'bytecodeMagic'> | undefined,
): Observation[] {
  const version = plainName(bundle.pythonVersion);
  const fits = allowed === undefined || Array.from(
    { length: patchReleases }, (_, patch) => `${version}.${patch}`,
  ).some((release) => satisfies(release, allowed));
  return [...(fits ? [] : [fact(version, allowed, 'the contract')]), ...(
    baseline === undefined ? [] : againstBaseline(version, bundle.bytecodeMagic, baseline)
  )];
}

function againstBaseline(
  version: string, magic: number | undefined, { pythonVersion, bytecodeMagic }: Pick<Survey, 'pythonVersion' | 'bytecodeMagic'>,
): Observation[] {
  const minor = pythonVersion.split('.').slice(0, 2).join('.');
  if (minor !== version) return [fact(version, minor, 'the baseline')];
  if (magic === undefined || magic === bytecodeMagic) return [];
  // Alphas and betas of one release differ in nothing else.
  return [fact(`${version} with bytecode ${magic}`, `${minor} with bytecode ${bytecodeMagic}`, 'the baseline')];
}

function fact(found: string, expected: string, against: 'the contract' | 'the baseline'): Observation {
  const line = against === 'the contract'
    ? `the executable holds Python ${found}, the contract allows ${expected}`
    : `the executable holds Python ${found}, the baseline runs ${expected}`;
  return { kind: 'other-python', args: { found, expected, against }, line, names: [] };
}
