import { posix } from 'node:path';
import type { SpecChange } from '../hazards/edits.ts';
import type { TocFilter } from '../hazards/in-form.ts';

/** Of which table of contents a file is that `Analysis(…)` collects for an argument. */
const tableOf = (file: string): TocFilter['table'] => (/\.(?:so|dylib|dll|pyd)(?:\.|$)/i.test(file) ? 'binaries' : 'datas');

/**
 * What a spec file does to the tables of contents after `Analysis(…)`, as far as it takes out again what a change puts in: the remedy
 * then is to let it stay. A filter is blamed where a text of its own stands in the missing file's name; undefined where none is.
 */
export function takenOutBy(change: SpecChange, filters: readonly TocFilter[], file: string): string | undefined {
  for (const missing of change.flatMap(({ files = [] }) => files)) {
    const blamed = filters.find(({ table, literals }) => table === tableOf(missing) && literals.some((text) => names(text, missing)));
    if (blamed === undefined) continue;
    const { line, source } = blamed;
    return `Line ${line} of ${file} takes it out again, whatever was collected (${source}): let ${missing} stay there, and rebuild.`;
  }
  return undefined;
}

/** Whether a pattern, or a part of a name, is one that this file has. */
function names(literal: string, file: string): boolean {
  const part = literal.replaceAll(/[*\\^$]/g, '').replace(/^\//, '');
  return part.length > 1 && (file.includes(part) || posix.basename(file) === part);
}
