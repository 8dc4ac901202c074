import { sep } from 'node:path';
import type { LoadedModule } from '../../../baselines/recorder/closure.ts';
import type { Origin } from './modules.ts';
import { ownersIn } from './owner.ts';

/** What of an environment tells where its modules come from. */
export type Environment = {
  readonly packageFolders: readonly string[];
  readonly sourceFolders: readonly string[];
  readonly standardLibrary: readonly string[];
  readonly distributions: readonly { readonly name: string; readonly version: string; readonly topLevel: readonly string[] }[];
};

/** Tells of a loaded module whether it is Python's own, and which distribution it was installed with. */
export function originsIn({ packageFolders, sourceFolders, standardLibrary, distributions }: Environment): (module: LoadedModule) =>
  Origin {
  const ownerOf = ownersIn(distributions);
  return ({ name, origin = '' }) => {
    const installed = liesIn(packageFolders, origin);
    const owner = installed ? ownerOf(name) : undefined;
    const version = distributions.find((each) => each.name === owner)?.version;
    const ofPython = !installed && liesIn(standardLibrary, origin);
    return {
      distribution: owner && `${owner} ${version ?? ''}`.trim(), standardLibrary: ofPython,
      known: installed || ofPython || liesIn(sourceFolders, origin),
    };
  };
}

function liesIn(folders: readonly string[], file: string): boolean {
  return folders.some((folder) => file.startsWith(folder.endsWith(sep) ? folder : folder + sep));
}
