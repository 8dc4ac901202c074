import type { AskedMetadata, Closure } from '../../../baselines/recorder/closure.ts';
import type { FrozenBundle } from '../../bundle.ts';
import type { Observation } from '../../../model/observation.ts';
import { sameDistribution } from './distribution-name.ts';

/** Metadata that are asked for and not inside: facts where that is an error, names where whoever asks copes. */
export type AskedInVain = { readonly facts: readonly Observation[]; readonly coped: readonly string[] };

/** Distributions whose metadata the baseline asked for and that have none in the executable (BC-05). */
export function missingMetadata(bundle: FrozenBundle, closure: Closure): AskedInVain {
  const missing = closure.metadata.filter(
    ({ distribution }) => !bundle.distributions.some(({ name, hasMetadata }) => hasMetadata && sameDistribution(name, distribution)),
  );
  return { facts: missing.filter(({ guarded }) => !guarded).map(factOf), coped: missing.filter(({ guarded }) => guarded).map(
    ({ distribution }) => distribution,
  ) };
}

function factOf({ distribution, importer }: AskedMetadata): Observation {
  return {
    kind: 'missing-metadata',
    args: { distribution, ...(importer && { importer }) },
    line: `${importer ?? 'the worker'} asks for the metadata of ${distribution}; the executable has none`,
    names: [`distribution:${distribution}`],
  };
}
