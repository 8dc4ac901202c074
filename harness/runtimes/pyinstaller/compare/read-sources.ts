import type { Closure } from '../../../baselines/recorder/closure.ts';
import type { Observation } from '../../../model/observation.ts';
import type { FrozenBundle } from '../../bundle.ts';
import { someOf } from './told.ts';

/** Of more, nobody would try each. */
const mostDoubted = 20;

/**
 * Modules whose Python source the baseline has looked up (`inspect.getsource` and what it serves) and the executable does not hold (BC-13),
 * as a doubt: most libraries cope without. What is looked up is a module's own file, which `pyz+py` keeps beside its bytecode.
 */
export function unreadSources({ entries }: FrozenBundle, { files, modules }: Closure): Observation[] {
  const held = new Set(entries.map(({ name }) => name));
  const byOrigin = new Map([...modules.values()].map((module) => [module.origin, module]));
  const read = files.filter(({ use }) => use === 'source').flatMap(({ path, link = path, importer }) => {
    const module = byOrigin.get(path) ?? byOrigin.get(link);
    if (module === undefined) return [];
    const place = module.name.replaceAll('.', '/');
    return held.has(`${place}.py`) || held.has(`${place}/__init__.py`) ? [] : [{ name: module.name, importer }];
  });
  if (read.length === 0 || read.length > mostDoubted) return [];
  const names = read.map(({ name }) => name).toSorted();
  const importers = [...new Set(read.flatMap(({ importer }) => importer ?? []))].join(', ');
  return [{
    kind: 'coped-source', args: { modules: names.join(', '), ...(importers !== '' && { importers }) },
    line: `${importers || 'the worker'} reads the source of ${someOf(names, 8)}; the executable has none`,
    names: names.map((name) => `module:${name}`),
  }];
}
