import { pidsCarrying, type Mark } from './marks.ts';
import { keyOf, type ProcessEntry } from './process-entry.ts';
import { hasEnded, listProcesses } from './process-table.ts';

/** Every process of the machine, and the pids of those that carry one of the marks. */
export type Survey = { readonly table: readonly ProcessEntry[]; readonly marked: ReadonlySet<number> };

/** So often at most: on a machine that starts and ends programs without a pause the last look is given. */
const looks = 20;

/**
 * Looks for marks, of all processes or of those that `asked` lets through. What ended before its mark was read may have started another one
 * that this look did not list: then it looks again.
 */
export function survey(marks: readonly Mark[], asked: (entry: ProcessEntry) => boolean = () => true): Survey {
  const [read, marked] = [new Set<string>(), new Set<number>()];
  for (let count = 1; ; count += 1) {
    const table = listProcesses();
    const candidates = table.filter((entry) => !read.has(keyOf(entry)) && asked(entry));
    for (const carrier of pidsCarrying(marks, candidates.map(({ pid }) => pid))) marked.add(carrier);
    if (count === looks || !candidates.some((entry) => !marked.has(entry.pid) && hasEnded(entry))) return { table, marked };
    for (const entry of candidates) read.add(keyOf(entry));
  }
}
