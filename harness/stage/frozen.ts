import type { Bundle, FrozenBundle } from '../runtimes/bundle.ts';
import { runtimeOf } from '../runtimes/registry.ts';
import type { Subject } from '../runtimes/subject.ts';
import { CouldNotJudge } from '../model/errors.ts';
import { take } from '../system/between-threads.ts';
import type { RunFolder } from '../system/launch/run-folder.ts';
import { NotApplicable } from './outcome.ts';
import type { RunContext } from './run-context.ts';

/** Under which name a run's subject is given to the thread of the suites. */
export function subjectName({ mark }: RunFolder): string {
  return `frostgate-subject-${mark}`;
}

const taken = new WeakMap<RunContext, Promise<Subject>>();

/** The subject as it was read, once for a run; waits until that is done. */
export async function subjectOf(run: RunContext): Promise<Subject> {
  const subject = taken.get(run) ?? take<Subject>(subjectName(run.run));
  taken.set(run, subject);
  return await subject;
}

/**
 * What the subject holds.
 * @throws {CouldNotJudge} where it is damaged, which is told once: by the check that looks for damage.
 */
export async function contentsOf(run: RunContext): Promise<Bundle> {
  const { bundle } = await subjectOf(run);
  if (bundle === undefined) throw new CouldNotJudge('it is damaged, so its contents cannot be read: see artifact.intact');
  return bundle;
}

/** What is inside the subject, and how that is compared. */
export type Frozen = {
  readonly bundle: FrozenBundle;
  readonly subject: Subject;
  readonly compare: NonNullable<ReturnType<typeof runtimeOf>['compare']>;
};

/**
 * What is inside the subject.
 * @throws {NotApplicable} where the contents cannot be listed, because no runtime made it whose files are known.
 * @throws {CouldNotJudge} where it is damaged.
 */
export async function frozenOf(run: RunContext): Promise<Frozen> {
  const bundle = await contentsOf(run);
  const { compare } = runtimeOf(run.identity.runtime ?? '');
  if (bundle.kind !== 'opaque' && compare !== undefined) return { bundle, subject: await subjectOf(run), compare };
  throw new NotApplicable(`its contents cannot be listed: it is ${bundle.producer === undefined ? 'not made by PyInstaller' : `made by ${bundle.producer}`}`);
}
