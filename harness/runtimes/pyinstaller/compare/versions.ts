import { normalisedName, type Lock, type OwnDistribution } from '../../../baselines/lock.ts';
import type { Survey } from '../../../baselines/survey/survey.ts';
import type { FrozenBundle } from '../../bundle.ts';
import type { Observation } from '../../../model/observation.ts';
import { sameVersion, type Bundled } from './bundled.ts';
import { plainName } from './told.ts';

/** What must be inside where no file fixes versions: what the baseline has installed. */
export function installedVersions({ distributions }: Pick<Survey, 'distributions'>): Lock {
  return { file: "the baseline's environment", versions: new Map(distributions.map(
    ({ name, version }) => [normalisedName(name), { name, versions: [version] }],
  )) };
}

/**
 * Distributions whose version in the bundle is another one than the lock's: it was built from an environment that was not in step
 * (BC-10). Of several locked versions any is right, because their markers choose. What the lock does not name is left alone: pip and
 * setuptools come with an environment, and the lock has nothing to say about them; so are the copies that a package keeps of others inside
 * itself. `bundled` tells of those whose metadata are not inside.
 */
export function otherVersions(
  bundle: FrozenBundle, lock: Lock, own: OwnDistribution | undefined, bundled: readonly Bundled[] = [],
): Observation[] {
  const ownName = own && normalisedName(own.name);
  const byMetadata = bundle.distributions
    .filter(({ folder }) => !folder.includes('/'))
    .flatMap(({ name, version }) => {
      const isOwn = normalisedName(name) === ownName;
      const right = isOwn ? [own?.version ?? []].flat() : lockedOf(lock, name);
      if (right.length === 0 || right.some((each) => sameVersion(each, version))) return [];
      return otherVersion(name, plainName(version), right, isOwn ? 'pyproject.toml' : lock.file);
    });
  const byCode = bundled.filter(({ name, by }) => by !== 'metadata' && normalisedName(name) !== ownName).flatMap((each) => {
    const right = lockedOf(lock, each.name);
    const isLocked = (version: string) => right.some((one) => sameVersion(one, version));
    if (right.length === 0 || each.same === undefined) return [];
    if (each.found !== undefined) return isLocked(each.found) ? [] : otherVersion(each.name, plainName(each.found), right, lock.file);
    return isLocked(each.installed)
      ? otherVersion(each.name, `with other code than ${plainName(each.installed)} has`, right, lock.file) : [];
  });
  return [...byMetadata, ...byCode];
}

/** Distributions that the lock names, and of which nothing inside tells the version. */
export function unreadVersions(lock: Lock, bundled: readonly Bundled[]): string[] {
  return bundled.filter(({ name, installed, found, same }) => {
    const right = lockedOf(lock, name);
    return right.length > 0 && (same === undefined || (found === undefined && !right.some((one) => sameVersion(one, installed))));
  }).map(({ name }) => plainName(name));
}

function lockedOf({ versions }: Lock, name: string): readonly string[] {
  return versions.get(normalisedName(name))?.versions ?? [];
}

function otherVersion(name: string, found: string, right: readonly string[], file: string): Observation {
  const [distribution, locked] = [plainName(name), right.join(' or ')];
  return {
    kind: 'other-version', args: { distribution, found, locked, file },
    line: `the executable holds ${distribution} ${found}, ${file} ${file === 'pyproject.toml' ? 'says' : 'has'} ${locked}`,
    names: [`distribution:${distribution}`],
  };
}
