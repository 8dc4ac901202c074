import { exactDecision } from '../../judge/regression/exact-decision.ts';
import { limitsIn } from './regression.ts';
import type { RunContext } from '../run-context.ts';
import type { Decided } from './series.ts';

/** What the last release says about the size of what is released; nothing where none was named. */
export function sizeBesidePrevious(run: RunContext): readonly Decided[] {
  const { previous, identity: { sizeBytes } } = run;
  const limit = limitsIn(run).find(({ metric }) => metric === 'size.file');
  if (previous === undefined || limit === undefined) return [];
  const [subject, before] = [[sizeBytes], [previous.sizeBytes]];
  return [{ limit, decision: exactDecision(limit, subject, before), subject, previous: before }];
}
