import { sep } from 'node:path';
import { normalisedName } from '../../../baselines/lock.ts';
import type { LoadedModule } from '../../../baselines/recorder/closure.ts';
import type { Survey } from '../../../baselines/survey/survey.ts';
import { extensionModule, looseModule } from '../roles.ts';

/** What is known of a distribution when owners are looked for. */
export type Owning = Pick<Survey['distributions'][number], 'name' | 'topLevel'>;

/** What the environment from source tells about a module. */
export type Origin = {
  /** For example "redis 8.1.0"; undefined for the project's own and for Python's. */
  readonly distribution: string | undefined;
  readonly standardLibrary: boolean;
  /** Whether it lies where modules are installed or where the project has its own; what is loaded from elsewhere no bundle can hold. */
  readonly known: boolean;
};

/** What of an environment tells where its modules come from. */
type Environment = Pick<Survey, 'packageFolders' | 'sourceFolders' | 'standardLibrary'> & {
  readonly distributions: readonly Pick<Survey['distributions'][number], 'name' | 'version' | 'topLevel'>[];
};

/** Tells of a loaded module whether it is Python's own, and which distribution it was installed with. */
export function originsIn(environment: Environment): (module: LoadedModule) => Origin {
  const { packageFolders, sourceFolders, standardLibrary, distributions } = environment;
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

/** Gives a module the name of the distribution that it belongs to; the one whose part of the import names is the longest that fits. */
export function ownersIn(distributions: readonly Owning[]): (module: string) => string | undefined {
  const owners = new Map(distributions.flatMap(({ name, topLevel }) => topLevel.map((top) => [top, name] as const)).toReversed());
  return (module) => {
    let part = module;
    while (part !== '' && !owners.has(part)) part = part.slice(0, Math.max(0, part.lastIndexOf('.')));
    return owners.get(part);
  };
}

/** The name of the distribution that a file of the bundle belongs to. Wheels keep libraries in `NAME.libs` beside their packages. */
export function ownerOfFile(file: string, distributions: readonly Owning[]): string | undefined {
  const [, libraries] = /^([^/]+)\.libs\//.exec(file) ?? [];
  if (libraries !== undefined) return distributions.find(({ name }) => normalisedName(name) === normalisedName(libraries))?.name;
  return ownersIn(distributions)(extensionModule(file) ?? looseModule(file)?.name ?? file.replaceAll('/', '.'));
}

/** Whether a file lies in one of these folders or below it. */
export function liesIn(folders: readonly string[], file: string): boolean {
  return folders.some((folder) => file.startsWith(folder.endsWith(sep) ? folder : folder + sep));
}
