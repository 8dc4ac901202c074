import type { AskedEntryPoints, Closure } from '../../../baselines/recorder/closure.ts';
import type { EntryPoint, FrozenBundle } from '../../bundle.ts';
import type { Observation } from '../../../model/observation.ts';
import { sameDistribution } from './distribution-name.ts';

/** A distribution of the baseline's environment with what it announces. */
export type Announcing = { readonly name: string; readonly entryPoints: readonly EntryPoint[] };

/** Namespace packages (PEP 420) of the executable in which there is nothing: what looks for plugins there finds none (BC-03). */
export function emptyNamespaces({ modules }: FrozenBundle): Set<string> {
  const parents = new Set(modules.map(({ name }) => name.slice(0, Math.max(0, name.lastIndexOf('.')))));
  return new Set(modules.filter(({ name, kind }) => kind === 'namespace package' && !parents.has(name)).map(({ name }) => name));
}

/**
 * Plugins that the program from source finds by looking into a namespace package, and the frozen one does not (BC-03). `children` are the
 * full
 * names of the modules that the baseline's environment has in each empty namespace; one that the baseline never touched is not missed.
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
      names: [`module:${namespace}`, ...modules.map((name) => `module:${name}`)],
    }];
  });
}

/**
 * Entry points that the program from source asks for and whose module it then loads, and that the executable does not announce or cannot
 * load (BC-06).
 */
export function missingEntryPoints(bundle: FrozenBundle, closure: Closure, environment: readonly Announcing[]): Observation[] {
  const held = new Set(bundle.modules.map(({ name }) => name));
  return environment.flatMap(({ name: distribution, entryPoints }) =>
    entryPoints.flatMap((point): Observation[] => {
      const target = moduleOf(point);
      if (!closure.entryPoints.some((asked) => asksFor(asked, point)) || !closure.modules.has(target)) return [];
      const announced = bundle.distributions.some(({ name, entryPoints: own }) => sameDistribution(name, distribution) && own.some(
        (each) => each.group === point.group && each.name === point.name,
      ));
      if (announced && held.has(target)) return [];
      const { group, name } = point;
      return [{
        kind: 'missing-entry-point',
        args: { distribution, group, name, target, missing: announced ? 'module' : 'metadata' },
        line: `the entry point ${name} of the group ${group} (${distribution}) ` +
          (announced ? `is announced in the executable, but its module ${target} is not there` : 'is not announced in the executable'),
        names: [announced ? `module:${target}` : `distribution:${distribution}`],
      }];
    }),
  );
}

function asksFor(asked: AskedEntryPoints, point: EntryPoint): boolean {
  return asked.group === point.group && (asked.name === undefined || asked.name === point.name);
}

/** The module before the colon of "package.module:object [extra]". */
function moduleOf({ target }: EntryPoint): string {
  return (target.split(/[:\s[]/, 1)[0] ?? target).trim();
}
