import type { Report } from '../model/report.ts';
import type { FrozenBundle } from '../runtimes/bundle.ts';

/** A report is read by people too: 3,000 modules of a large worker fit. */
const mostBytes = 100_000;

/**
 * The modules that the source had loaded when it was ready, else all that the executable holds, by name: the next release's gate says by
 * them what is new. More than `mostBytes` are cut.
 */
export function moduleSetOf(atStart: readonly string[] | undefined, bundle: FrozenBundle | undefined): Report['modules'] {
  const from = atStart === undefined ? 'archive' : 'baseline';
  const found = atStart ?? bundle?.modules.map(({ name }) => name) ?? [];
  const names = [...new Set(found)].filter((name) => /^[^\s\p{C}]+$/u.test(name)).toSorted();
  if (names.length === 0) return undefined;
  let bytes = 0;
  const kept = names.filter((name) => (bytes += Buffer.byteLength(name) + 1) <= mostBytes);
  return { from, names: kept.join(' '), ...(kept.length < names.length && { omitted: names.length - kept.length }) };
}
