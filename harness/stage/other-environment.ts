import { readLock, readOwnDistribution, type Lock, type OwnDistribution } from '../baselines/lock.ts';
import { CouldNotJudge } from '../model/errors.ts';
import type { Observation } from '../model/observation.ts';
import type { Bundled } from '../runtimes/pyinstaller/compare/bundled.ts';
import type { CheckContext } from './check-context.ts';
import { beside, type Compared, compared } from './compared.ts';
import { inWordsOf, mustBeNone } from './must-be-none.ts';
import { fixture } from './scope.ts';

/** Which versions of the baseline's distributions the executable holds, and which ones it ought to. */
export type Versions = {
  readonly bundled: readonly Bundled[];
  /** The project's lock, else what the baseline has installed. */
  readonly lock: Lock;
  readonly own: OwnDistribution | undefined;
  /** What is inside in another version than the baseline has, in words, by normalised name: built from another environment. */
  readonly others: ReadonlyMap<string, string>;
  /** The same as defects: beside the lock, and of what only the baseline's environment has otherwise. */
  readonly observations: readonly Observation[];
};

/** The versions inside beside those of the baseline, read once for a run. */
export const versions = fixture('versions', async (scope): Promise<Versions> => {
  const { bundle, compare, baseline, survey } = await beside(scope);
  const [all, locked, own] = await Promise.all([
    compare.bundledVersions(bundle, baseline, survey, scope.signal), readLock(baseline), readOwnDistribution(baseline.directory),
  ]);
  const isOwn = ({ name }: { readonly name: string }) => own !== undefined && compare.isSame(name, own.name);
  const bundled = all.filter((each) => !isOwn(each));
  const installed = compare.installedVersions(survey);
  const lock = locked ?? installed;
  const byLock = compare.otherVersions(bundle, lock, own, bundled);
  const told = new Set(byLock.map(({ args }) => args['distribution']));
  const byEnvironment = compare.otherVersions(bundle, installed, own, bundled).filter(({ args }) => !told.has(args['distribution']));
  return { bundled, lock, own, others: compare.otherInside(bundle, bundled, survey), observations: [...byLock, ...byEnvironment] };
});

/**
 * Ends a check that compares the executable with what the baseline did: passes when `missing` finds nothing. What follows from another
 * version of a library than the baseline's is no defect of its own: nobody knows what that version has.
 * @throws {CheckFailed} with what is missing all the same. @throws {CouldNotJudge} where all that is missing follows from that.
 */
export async function mustMatch(
  context: CheckContext, missing: (compared: Compared) => readonly Observation[], what: Parameters<typeof mustBeNone>[2],
): Promise<void> {
  const both = await compared(context);
  const all = missing(both);
  if (all.length === 0) return;
  const { others, observations } = await context.use(versions);
  if (others.size === 0) return mustBeNone(context, all, what);
  const kept = missing({ ...both, ...both.compare.withoutOthers(both.bundle, both, others) });
  mustBeNone(context, kept, what);
  context.found(observations.map((observation) => inWordsOf(context.run.baseline, observation)));
  context.evidence('what could not be compared', 'not-compared.txt', `${all.map(({ line }) => line).join('\n')}\n`);
  throw new CouldNotJudge(`it was built from another environment than the baseline's: it holds ${[...others.values()].join(', ')}; what ` +
    'only the version of the baseline has is not looked for');
}
