import { eq, valid } from '@renovatebot/pep440';
import { normalisedName, type Lock, type OwnDistribution } from '../../../baselines/lock.ts';
import type { FrozenBundle } from '../../bundle.ts';
import type { Observation } from '../../../model/observation.ts';
import { plainName } from './told.ts';

/**
 * Distributions whose version in the bundle is another one than the lock's: it was built from an environment that was not in step
 * (BC-10). Of several locked versions any is right, because their markers choose. What the lock does not name is left alone: pip and
 * setuptools come with an environment, and the lock has nothing to say about them; so are the copies that a package keeps of others inside
 * itself.
 */
export function otherVersions(bundle: FrozenBundle, lock: Lock, own: OwnDistribution | undefined): Observation[] {
  const ownName = own && normalisedName(own.name);
  return bundle.distributions
    .filter(({ folder }) => !folder.includes('/'))
    .flatMap(({ name, version }) => {
      const isOwn = normalisedName(name) === ownName;
      const right = isOwn ? [own?.version ?? []].flat() : (lock.versions.get(normalisedName(name))?.versions ?? []);
      if (right.length === 0 || right.some((each) => sameVersion(each, version))) return [];
      const [distribution, found, locked] = [plainName(name), plainName(version), right.join(' or ')];
      const file = isOwn ? 'pyproject.toml' : lock.file;
      const line = `the executable holds ${distribution} ${found}, ${file} ${isOwn ? 'says' : 'has'} ${locked}`;
      const args = { distribution, found, locked, file };
      return { kind: 'other-version', args, line, names: [`distribution:${distribution}`] } as const;
    });
}

/** As PEP 440 compares them: 1.0 is 1.0.0. What is no such version is compared as text. */
function sameVersion(left: string, right: string): boolean {
  return valid(left) !== null && valid(right) !== null ? eq(left, right) : left === right;
}
