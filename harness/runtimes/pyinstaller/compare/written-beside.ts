import type { Closure } from '../../../baselines/recorder/closure.ts';
import type { Survey } from '../../../baselines/survey/survey.ts';
import type { Observation } from '../../../model/observation.ts';
import { insideOf } from './seen-from.ts';
import { someOf } from './told.ts';

const shown = 5;

/**
 * Files that the baseline writes beside its code (EN-08), as a doubt: frozen, that is the folder that a launch unpacks and removes, and the
 * part of it in which they lie may not even be there.
 */
export function writtenBeside(
  { written }: Pick<Closure, 'written'>, { sourceFolders, packageFolders }: Pick<Survey, 'sourceFolders' | 'packageFolders'>,
): Observation[] {
  const files = [...new Set(written.flatMap((path) => insideOf([...sourceFolders, ...packageFolders], path) ?? []))].filter(
    (file) => file.split('/').every((part) => !part.startsWith('.') && part !== '__pycache__'),
  ).toSorted();
  if (files.length === 0) return [];
  const names = someOf(files, shown);
  return [{
    kind: 'written-beside', args: { files: names }, line: `${names}: written by the baseline beside its code`,
    names: files.map((file) => `file:${file}`),
  }];
}
