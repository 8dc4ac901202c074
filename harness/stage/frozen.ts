import type { Bundle, FrozenBundle } from '../runtimes/bundle.ts';
import { listable, runtimeOf } from '../runtimes/registry.ts';
import type { Comparison } from '../runtimes/runtime.ts';
import type { Subject } from '../runtimes/subject.ts';
import { CouldNotJudge } from '../model/errors.ts';
import { take } from '../system/between-threads.ts';
import type { RunFolder } from '../system/launch/run-folder.ts';
import { NotApplicable } from './outcome.ts';
import { fixture, type Scope } from './scope.ts';

/** Under which name a run's subject is given to the thread of the suites. */
export function subjectName({ mark }: RunFolder): string {
  return `frostgate-subject-${mark}`;
}

/** The subject as it was read; there once its reading is done. */
export const subject = fixture('subject', ({ run }): Promise<Subject> => take(subjectName(run.run)));

/**
 * What the subject holds.
 * @throws {CouldNotJudge} where it is damaged, which is told once: by the check that looks for damage.
 */
export async function contentsOf({ use }: Pick<Scope, 'use'>): Promise<Bundle> {
  const { bundle } = await use(subject);
  if (bundle === undefined) throw new CouldNotJudge('it is damaged, so its contents cannot be read: see artifact.intact');
  return bundle;
}

/** What is inside the subject, and how that is compared. */
export type Frozen = { readonly bundle: FrozenBundle; readonly compare: Comparison };

/**
 * What is inside the subject.
 * @throws {NotApplicable} where the contents cannot be listed, because nothing made it whose files are known.
 * @throws {CouldNotJudge} where it is damaged.
 */
export async function frozenOf(scope: Pick<Scope, 'run' | 'use'>): Promise<Frozen> {
  const bundle = await contentsOf(scope);
  const { compare } = runtimeOf(scope.run.identity.runtime);
  if (bundle.kind !== 'opaque' && compare !== undefined) return { bundle, compare: await compare() };
  throw new NotApplicable(bundle.format === 'zip'
    ? `it is a Python program in a zip file (${bundle.producer}): only what ${listable} froze is compared with its source`
    : `its contents cannot be listed: it is ${bundle.producer === undefined ? `not made by ${listable}` : `made by ${bundle.producer}`}`);
}
