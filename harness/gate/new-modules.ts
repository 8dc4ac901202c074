import { count } from '../model/format.ts';
import type { Report } from '../model/report.ts';
import type { LastReport } from './read/last-reports.ts';
import { shown } from './shown.ts';

/** So many packages are named. */
const most = 6;

/** What an import makes worse. */
const ofStart = /^(?:cpu|wall\.(?:ready|version)|memory)/;

/**
 * Which packages are loaded for the start since the last release, the one with most modules first, where the start has become worse and
 * both reports say what was loaded by the same means; else false.
 */
export function newModulesRemark({ platform, modules, decisions = [] }: Report, last: LastReport | undefined): string | false {
  const isWorse = decisions.some(({ metric, answer }) => answer !== 'pass' && ofStart.test(metric));
  if (!isWorse || modules === undefined || last?.modules?.from !== modules.from) return false;
  const before = new Set(last.modules.names.split(' '));
  // Of a set that was cut nobody knows what came after its end.
  const end = last.modules.omitted === undefined ? undefined : [...before].at(-1);
  const fresh = modules.names.split(' ').filter((name) => !before.has(name) && (end === undefined || name < end));
  const packages = Map.groupBy(fresh, (name) => name.split('.', 1)[0] ?? '');
  const largest = [...packages].toSorted(([, a], [, b]) => b.length - a.length);
  if (largest.length === 0) return false;
  const named = largest.slice(0, most).map(([name, found]) => `${shown(name, 60)} (${count(found.length, 'module')})`).join(', ');
  const more = largest.length > most ? ` and ${count(largest.length - most, 'more package')}` : '';
  return `${shown(platform.id, 40)}: ${modules.from === 'baseline' ? 'loaded before it is ready' : 'in the executable'}, and not in the ` +
    `last release: ${named}${more}.`;
}
