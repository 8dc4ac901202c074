import { satisfies } from '@renovatebot/pep440';
import type { Survey } from '../../../baselines/survey/survey.ts';
import type { FrozenBundle } from '../../bundle.ts';
import { damaged } from '../../damaged.ts';
import type { Observation } from '../../../model/observation.ts';
import { plainName } from './told.ts';

/** No Python 3 release has come to more. */
const patchReleases = 40;

/** What Python loads from base_library.zip before it can load anything else (PyInstaller, "PY3_BASE_MODULES"). */
const firstModules = ['abc', 'codecs', 'encodings', 'io'];

/**
 * A Python in the bundle that the contract does not allow, or that is not the baseline's (BC-10). A bundle does not say its patch release:
 * any that fits will do.
 */
export function otherPython(
  bundle: FrozenBundle, allowed: string | undefined, baseline: Pick<Survey, 'pythonVersion' | 'bytecodeMagic'> | undefined,
): Observation[] {
  const { pythonVersion, bytecodeMagic: magic } = bundle;
  const version = plainName(pythonVersion);
  const facts: Observation[] = [];
  const releases = Array.from({ length: patchReleases }, (_, patch) => `${version}.${patch}`);
  if (allowed !== undefined && !releases.some((release) => satisfies(release, allowed))) {
    facts.push(fact(version, allowed, 'the contract'));
  }
  if (baseline === undefined) return facts;
  const minor = baseline.pythonVersion.split('.').slice(0, 2).join('.');
  if (minor !== version) facts.push(fact(version, minor, 'the baseline'));
  else if (magic !== undefined && magic !== baseline.bytecodeMagic) {
    // Alphas and betas of one release differ in nothing else.
    facts.push(fact(`${version} with bytecode ${magic}`, `${minor} with bytecode ${baseline.bytecodeMagic}`, 'the baseline'));
  }
  return facts;
}

function fact(found: string, expected: string, against: 'the contract' | 'the baseline'): Observation {
  const line = `the executable holds Python ${found}, ${against} ${against === 'the contract' ? 'allows' : 'runs'} ${expected}`;
  return { kind: 'other-python', args: { found, expected, against }, line, names: [] };
}

/** What every PyInstaller bundle has and this one has lost: its Python library, its base library, or what Python starts with (BC-16). */
export function lostMembers({ oddities, modules }: FrozenBundle): Observation[] {
  const lost = oddities.filter(({ kind }) => kind === 'no-base-library' || kind === 'no-python-library' || kind === 'no-modules');
  const held = new Set(modules.filter(({ origin }) => origin === 'base_library.zip').map(({ name }) => name));
  const missing = held.size === 0 ? [] : firstModules.filter((name) => !held.has(name));
  return [
    ...lost.map(({ subject, sentence }) => damaged(subject ?? 'the executable', sentence)),
    ...(missing.length === 0 ? [] : [damaged('base_library.zip', `base_library.zip lacks ${missing.join(', ')}, without which Python ` +
      'cannot start')]),
  ];
}
