import { normalisedName } from '../../../baselines/lock.ts';
import type { AskedMetadata, Closure } from '../../../baselines/recorder/closure.ts';
import type { Survey } from '../../../baselines/survey/survey.ts';
import type { FrozenBundle } from '../../bundle.ts';
import type { Observation } from '../../../model/observation.ts';

/** Namespace packages (PEP 420) of the executable in which there is nothing: what looks for plugins there finds none (BC-03). */
export function emptyNamespaces({ modules }: FrozenBundle): Set<string> {
  const parents = new Set(modules.map(({ name }) => name.slice(0, Math.max(0, name.lastIndexOf('.')))));
  return new Set(modules.filter(({ name, kind }) => kind === 'namespace package' && !parents.has(name)).map(({ name }) => name));
}

/**
 * Plugins that the program from source finds by looking into a namespace package, and the frozen one does not (BC-03). `children` are the
 * full names of the modules that the baseline's environment has in each empty namespace; one that the baseline never touched is not missed.
 */
export function missingPlugins(
  bundle: FrozenBundle, closure: Closure, children: Readonly<Record<string, readonly string[]>>,
): Observation[] {
  return [...emptyNamespaces(bundle)].flatMap((namespace): Observation[] => {
    const modules = children[namespace] ?? [];
    const touched = closure.modules.has(namespace) || modules.some((name) => closure.modules.has(name));
    if (modules.length === 0 || !touched) return [];
    return [{
      kind: 'missing-plugins',
      args: { namespace, modules: modules.join(', ') },
      line: `the namespace package ${namespace} is empty in the executable; from source it has ${modules.join(', ')}`,
      names: [namespace, ...modules].map((name) => `module:${name}`),
    }];
  });
}

/**
 * Entry points that the program from source asks for and whose module it then loads, and that the executable does not announce or cannot
 * load (BC-06).
 */
export function missingEntryPoints(
  bundle: FrozenBundle, closure: Closure, environment: readonly Pick<Survey['distributions'][number], 'name' | 'entryPoints'>[],
): Observation[] {
  const held = new Set(bundle.modules.map(({ name }) => name));
  const points = environment.flatMap(({ name: distribution, entryPoints }) => entryPoints.map((point) => ({ ...point, distribution })));
  return points.flatMap(({ distribution, group, name, target: told }): Observation[] => {
    // The module before the colon of "package.module:object [extra]".
    const target = (told.split(/[:\s[]/, 1)[0] ?? told).trim();
    const isAsked = closure.entryPoints.some((asked) => asked.group === group && (asked.name === undefined || asked.name === name));
    const announced = bundle.distributions.some((each) =>
      isSame(each.name, distribution) && each.entryPoints.some((own) => own.group === group && own.name === name));
    if (!isAsked || !closure.modules.has(target) || (announced && held.has(target))) return [];
    return [{
      kind: 'missing-entry-point',
      args: { distribution, group, name, target, missing: announced ? 'module' : 'metadata' },
      line: `the entry point ${name} of the group ${group} (${distribution}) ` +
        (announced ? `is announced in the executable, but its module ${target} is not there` : 'is not announced in the executable'),
      names: [announced ? `module:${target}` : `distribution:${distribution}`],
    }];
  });
}

/**
 * Distributions whose metadata the baseline asked for and that have none in the executable (BC-05): facts where that is an error, names
 * where whoever asks copes.
 */
export function missingMetadata(
  bundle: FrozenBundle, closure: Closure,
): { readonly facts: Observation[]; readonly coped: readonly AskedMetadata[] } {
  const missing = closure.metadata.filter(
    ({ distribution }) => !bundle.distributions.some(({ name, hasMetadata }) => hasMetadata && isSame(name, distribution)),
  );
  return {
    facts: missing.filter(({ guarded }) => !guarded).map(({ distribution, importer }): Observation => ({
      kind: 'missing-metadata',
      args: { distribution, ...(importer && { importer }) },
      line: `${importer ?? 'the worker'} asks for the metadata of ${distribution}; the executable has none`,
      names: [`distribution:${distribution}`],
    })),
    coped: missing.filter(({ guarded }) => guarded),
  };
}

/** Of more, nobody would try each. */
const mostDoubted = 5;

/**
 * The same as a doubt, for an execution that does something else in the executable and nobody knows why. Where some were asked for before
 * their own code was loaded for the first time, the answer decided about that: it is those.
 */
export function copedMetadata(
  all: readonly AskedMetadata[], closure: Closure, environment: readonly Pick<Survey['distributions'][number], 'name' | 'topLevel'>[],
): Observation[] {
  const deciding = all.filter((asked) => decides(asked, closure, environment));
  const coped = deciding.length > 0 ? deciding : all;
  if (coped.length === 0 || coped.length > mostDoubted) return [];
  const distributions = coped.map(({ distribution }) => distribution).join(', ');
  const importers = [...new Set(coped.flatMap(({ importer }) => importer ?? []))].join(', ');
  return [{
    kind: 'coped-metadata',
    args: { distributions, ...(importers !== '' && { importers }) },
    line: `${importers || 'the worker'} asks for the metadata of ${distributions} and copes without; the executable has none`,
    names: coped.map(({ distribution }) => `distribution:${distribution}`),
  }];
}

function decides(
  { distribution, at = 0 }: AskedMetadata, { modules }: Closure,
  environment: readonly Pick<Survey['distributions'][number], 'name' | 'topLevel'>[],
): boolean {
  const own = environment.find(({ name }) => isSame(name, distribution))?.topLevel ?? [];
  const loaded = own.flatMap((name) => modules.get(name)?.at ?? []);
  return loaded.length > 0 && loaded.every((when) => when > at);
}

/** Whether two spellings name the same distribution. */
export function isSame(one: string, other: string): boolean {
  return normalisedName(one) === normalisedName(other);
}
