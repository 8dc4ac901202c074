import { basename } from 'node:path';
import type { Closure } from '../../../baselines/recorder/closure.ts';
import type { Survey } from '../../../baselines/survey/survey.ts';
import type { FrozenBundle, Module } from '../../bundle.ts';
import type { Observation } from '../../../model/observation.ts';

/** What of an environment tells who brings a module. */
type Providing = Pick<Survey, 'providers'> & {
  readonly distributions: readonly Pick<Survey['distributions'][number], 'name' | 'version'>[];
};

/**
 * Modules that were frozen as something else than what the baseline loads under their name: two distributions own the name, and the other
 * one's file went in (BC-01). `environment` tells which distributions bring a top-level name.
 *
 * A package whose module of the same name lies beside it as a source file at the top level is left out: the package then loads that file
 * itself, as from source, and only a run can tell.
 */
export function otherKinds(bundle: FrozenBundle, closure: Closure, environment: Providing): Observation[] {
  const frozen = new Map(bundle.modules.map((module) => [module.name, isExtensionPackage(module) ? 'package' : module.kind]));
  const files = new Set(bundle.entries.map(({ name }) => name));
  return [...closure.modules.values()].flatMap((loaded): Observation[] => {
    const kind = frozen.get(loaded.name);
    if (kind === undefined || isPackage(kind) === isPackage(loaded.kind) || files.has(`${loaded.name}.py`)) return [];
    const [top = loaded.name] = loaded.name.split('.');
    const owners = (environment.providers[top] ?? []).map(
      (name) => `${name} ${environment.distributions.find((each) => each.name === name)?.version ?? ''}`.trim(),
    );
    const distributions = owners.length > 1 ? owners.join(' and ') : '';
    const file = loaded.origin && basename(loaded.origin);
    return [{
      kind: 'other-kind',
      args: {
        module: loaded.name, frozen: isPackage(kind) ? 'package' : 'module', loaded: isPackage(loaded.kind) ? 'package' : 'module',
        ...(file && { file }), ...(distributions && { distributions }),
      },
      line: `${loaded.name}: the baseline loads a ${loaded.kind}${file ? ` (${file})` : ''}, frozen is a ` +
        `${kind}${distributions ? `; ${distributions} provide ${top}` : ''}`,
      names: [`module:${loaded.name}`],
    }];
  });
}

/** A package whose __init__ is native code, as Cython makes them. */
function isExtensionPackage({ kind, entry }: Module): boolean {
  return kind === 'extension module' && /(?:^|\/)__init__\.[^/]*$/.test(entry);
}

function isPackage(kind: string): boolean {
  return kind === 'package' || kind === 'namespace package';
}
