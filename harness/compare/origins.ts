import { sep } from 'node:path';
import type { LoadedModule } from '../baseline/closure/closure.ts';
import type { Origin } from './modules.ts';
import { ownerOfModule } from './owner.ts';

/** What of an environment tells where its modules come from. */
export type Environment = {
  readonly packageFolders: readonly string[];
  readonly standardLibrary: readonly string[];
  readonly distributions: readonly { readonly name: string; readonly version: string; readonly topLevel: readonly string[] }[];
};

/** Tells of a loaded module whether it is Python's own, and which distribution it was installed with. */
export function originsIn({ packageFolders, standardLibrary, distributions }: Environment): (module: LoadedModule) => Origin {
  return ({ name, origin = '' }) => {
    const installed = liesIn(packageFolders, origin);
    const owner = installed ? ownerOfModule(name, distributions) : undefined;
    const version = distributions.find((each) => each.name === owner)?.version;
    return { distribution: owner && `${owner} ${version ?? ''}`.trim(), standardLibrary: !installed && liesIn(standardLibrary, origin) };
  };
}

function liesIn(folders: readonly string[], file: string): boolean {
  return folders.some((folder) => file.startsWith(folder.endsWith(sep) ? folder : folder + sep));
}
