import type { Entry, Script } from '../bundle.ts';

/**
 * The scripts in the order in which they run. PyInstaller writes its own bootstrap, the project's runtime hooks, its own
 * runtime hooks (pyi_rth_…), then the entry scripts; without hooks of its own, all but the last script are taken for hooks.
 */
export function scriptsOf(entries: readonly Entry[]): Script[] {
  const names = entries.filter(({ role }) => role === 'script').map(({ name }) => name);
  const lastHook = names.findLastIndex((name) => name.startsWith('pyi_rth_'));
  const firstEntry = lastHook >= 0 ? lastHook + 1 : names.length - 1;
  return names.map((name, index) => {
    if (/^pyiboot\d/.test(name)) return { name, kind: 'bootstrap' };
    return { name, kind: index < firstEntry ? 'runtime hook' : 'entry' };
  });
}
