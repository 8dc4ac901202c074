import { normalisedName } from '../../../baselines/lock.ts';
import type { Closure, LoadedModule } from '../../../baselines/recorder/closure.ts';
import type { Survey } from '../../../baselines/survey/survey.ts';
import type { FrozenBundle } from '../../bundle.ts';
import type { Bundled } from './bundled.ts';
import { liesIn, ownerOfFile, ownersIn } from './owner.ts';

/** The standard library, which has the version of its Python. */
const python = 'Python';

/** Of what the executable holds another version than the baseline has installed: distributions by normalised name, and Python. */
export function otherInside(bundle: FrozenBundle, bundled: readonly Bundled[], { pythonVersion }: Survey): ReadonlyMap<string, string> {
  const minor = pythonVersion.split('.').slice(0, 2).join('.');
  return new Map([
    ...bundled.filter(({ same }) => same === false).map(({ name, installed, found }) => (
      [normalisedName(name), `${name} ${found ?? 'with other code'} instead of ${installed}`] as const
    )),
    ...(bundle.pythonVersion === minor ? [] : [[python, `Python ${bundle.pythonVersion} instead of ${minor}`] as const]),
  ]);
}

/** What the baseline loaded, and its environment. */
type Recorded = { readonly closure: Closure; readonly survey: Survey };

/** Tells of a module whether it comes with one of these. */
export function comesWith(others: ReadonlyMap<string, string>, survey: Survey): (module: Pick<LoadedModule, 'name' | 'origin'>) => boolean {
  const ownerOf = ownersIn(survey.distributions);
  return ({ name, origin = '' }) => {
    if (liesIn(survey.packageFolders, origin)) return others.has(normalisedName(ownerOf(name) ?? ''));
    return others.has(python) && liesIn(survey.standardLibrary, origin);
  };
}

/**
 * The part of what was recorded that an executable with other versions must hold all the same: without what belongs to those, and without
 * what only their code asked for. What the project asks for stays.
 */
export function withoutOthers(bundle: FrozenBundle, { closure, survey }: Recorded, others: ReadonlyMap<string, string>): Recorded {
  const isOther = comesWith(others, survey);
  const held = new Set(bundle.modules.map(({ name }) => name));
  const importerOf = ({ importer = '' }: { readonly importer?: string | undefined }) => closure.modules.get(importer);
  const isForOthers = (asked: { readonly importer?: string | undefined }, seen = new Set<LoadedModule>()): boolean => {
    const importer = importerOf(asked);
    if (importer === undefined || seen.has(importer)) return false;
    return isOther(importer) || (!held.has(importer.name) && !isOwn(importer.origin) && isForOthers(importer, seen.add(importer)));
  };
  const isOwn = (path = ''): boolean => !liesIn([...survey.packageFolders, ...survey.standardLibrary], path);
  const ownerOf = (path: string): string => normalisedName(ownerOfFile(belowOf(survey.packageFolders, path), survey.distributions) ?? '');
  const ownerOfModule = ownersIn(survey.distributions);
  return {
    closure: {
      modules: new Map([...closure.modules].filter(([name, module]) => !isOther(module)
        && (held.has(name) || isOwn(module.origin) || !isForOthers(module)))),
      files: closure.files.filter((file) => !others.has(ownerOf(file.path)) && (isOwn(file.path) || !isForOthers(file))),
      metadata: closure.metadata.filter((asked) => !isForOthers(asked)),
      entryPoints: closure.entryPoints.filter((asked) => !isForOthers(asked)),
      listings: closure.listings.filter((asked) => !isForOthers(asked)),
      written: closure.written,
    },
    survey: {
      ...survey,
      distributions: survey.distributions.map((each) => (others.has(normalisedName(each.name)) ? { ...each, entryPoints: [] } : each)),
      children: Object.fromEntries(Object.entries(survey.children).map(
        ([namespace, names]) => [namespace, names.filter((name) => !others.has(normalisedName(ownerOfModule(name) ?? '')))],
      )),
    },
  };
}

/** The path as seen from the folder that it lies in; nothing where it lies in none. */
function belowOf(folders: readonly string[], path: string): string {
  const folder = folders.find((each) => liesIn([each], path));
  return folder === undefined ? '' : path.slice(folder.length).replaceAll('\\', '/').replace(/^\//, '');
}
