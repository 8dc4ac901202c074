import type { FrozenBundle } from '../../bundle.ts';
import type { Observation } from '../../../model/observation.ts';
import { advisories } from './hints/advisories.ts';
import { buildPathHints } from './hints/build-paths.ts';
import { collidingLibraries, missingRuntimeLibraries, packedLibraries } from './hints/libraries.ts';
import type { Mentions } from './hints/mentions.ts';
import { optionHints } from './hints/options.ts';
import { missingSandboxModule, closedSandbox } from './sandbox.ts';

/** What in a bundle breaks no promise by itself, but can go wrong where the worker runs; what weighs most comes first. */
export function hintsOf(bundle: FrozenBundle): Observation[] {
  return [
    ...missingRuntimeLibraries(bundle),
    ...packedLibraries(bundle),
    ...collidingLibraries(bundle),
    ...missingCaBundle(bundle),
    ...optionHints(bundle),
    ...advisories(bundle),
  ];
}

/** The same for what the frozen code mentions. */
export function mentionHints(bundle: FrozenBundle, mentions: Mentions): Observation[] {
  return [
    ...missingSandboxModule(bundle, mentions.workflows.length > 0 && !mentions.unsandboxed),
    ...closedSandbox(bundle, mentions),
    ...buildPathHints(mentions.buildPaths),
  ];
}

/** certifi without the file that it is there for (EN-04). */
function missingCaBundle({ modules, entries }: FrozenBundle): Observation[] {
  const file = 'certifi/cacert.pem';
  if (!modules.some(({ name }) => name === 'certifi') || entries.some(({ name }) => name === file)) return [];
  return [{ kind: 'missing-ca-bundle', args: {}, line: `the module certifi is inside, ${file} is not`, names: [`file:${file}`] }];
}
