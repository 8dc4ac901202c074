import type { Baseline } from '../baselines/baseline.ts';
import type { Observation } from '../model/observation.ts';
import { CheckFailed } from '../model/errors.ts';
import { hazards } from '../runtimes/pyinstaller/hazards/hazards.ts';
import type { CheckContext } from './check-context.ts';

const shownLines = 8;

/**
 * Ends a check that looks for defects of one kind: passes when there are none.
 * @throws {CheckFailed} with the defects as evidence; `what` says in a few words what they are.
 */
export function mustBeNone(
  { found, evidence, run }: Pick<CheckContext, 'found' | 'evidence' | 'run'>, observations: readonly Observation[],
  what: { readonly one: string; readonly many: string; readonly expected: string },
): void {
  if (observations.length === 0) return;
  found(observations.map((observation) => inWordsOf(run.baseline, observation)));
  const lines = observations.map(({ line }) => line);
  evidence('what was found', 'found.txt', `${lines.join('\n')}\n`);
  const shown = lines.slice(0, shownLines).join('\n');
  throw new CheckFailed(observations.length === 1 ? `${what.one}: ${lines[0]}` : `${observations.length} ${what.many}, for example ` +
    `${lines[0]}`, {
    expected: what.expected,
    got: lines.length > shownLines ? `${shown}\nand ${lines.length - shownLines} more` : shown,
  });
}

/** A remedy speaks of the project's environment as a person does who works in it. */
export function inWordsOf(baseline: Baseline | undefined, observation: Observation): Observation {
  const words = hazards.observations[observation.kind].commands;
  if (baseline === undefined || words.length === 0) return observation;
  const typed = Object.fromEntries(words.map((word) => [word, baseline.manager.commands[word]]));
  return { ...observation, args: { ...observation.args, ...typed } };
}
