import type { Observation } from '../model/observation.ts';
import { CheckFailed } from '../model/errors.ts';
import type { CheckContext } from './check.ts';

const shownLines = 8;

/**
 * Ends a check that looks for defects of one kind: passes when there are none.
 * @throws {CheckFailed} with the defects as evidence; `what` says in a few words what they are.
 */
export function mustBeNone(
  { found, evidence }: Pick<CheckContext, 'found' | 'evidence'>, facts: readonly Observation[],
  what: { readonly one: string; readonly many: string; readonly expected: string },
): void {
  if (facts.length === 0) return;
  found(facts);
  const lines = facts.map(({ line }) => line);
  evidence('what was found', 'found.txt', `${lines.join('\n')}\n`);
  const shown = lines.slice(0, shownLines).join('\n');
  throw new CheckFailed(facts.length === 1 ? `${what.one}: ${lines[0]}` : `${facts.length} ${what.many}, for example ${lines[0]}`, {
    expected: what.expected,
    got: lines.length > shownLines ? `${shown}\nand ${lines.length - shownLines} more` : shown,
  });
}
