import { exactDecision } from '../../judge/regression/exact-decision.ts';
import type { Scope } from '../scope.ts';
import { lastBundle, previousOf } from './last-release.ts';
import { limitsIn } from './regression.ts';
import type { Decided } from './series.ts';

/**
 * What the last release says about the size of what is released; nothing where none was named.
 * @throws {CouldNotJudge} where that is the same file, or one of which a part is missing: its size says nothing.
 */
export async function sizeBesidePrevious({ run, use }: Pick<Scope, 'run' | 'use'>): Promise<readonly Decided[]> {
  const limit = limitsIn(run).find(({ metric }) => metric === 'size.file');
  if (run.previous === undefined || limit === undefined) return [];
  const [subject, previous] = [[run.identity.sizeBytes], [previousOf(run).sizeBytes]];
  await use(lastBundle);
  return [{ limit, decision: exactDecision(limit, subject, previous), subject, previous }];
}
