import type { Finding } from '../../../model/report.ts';
import { asks } from '../../../model/sureness.ts';
import { edits, type Edit, type SpecChange } from './edits.ts';
import type { BuildForm } from './in-form.ts';
import { isListed } from './in-words.ts';

/** What is to be written for one finding, and the hazards of others for whom it is written as well. */
type Joined = { readonly change: SpecChange; readonly others: readonly string[] };

/**
 * For each change what it and the others add to the same arguments: a second line for one argument would take the place of the first.
 * What only a question asks for stays with that question.
 */
export function joined(changes: ReadonlyMap<Finding, SpecChange>, form: BuildForm): Map<Finding, Joined> {
  const certain = Array.from(changes).filter(([{ remedy }]) => !asks(remedy));
  return new Map(Array.from(changes, ([finding, own]) => {
    const ownKeys = new Set(own.map(keyOf));
    const shares = (edit: Edit) => own.some((each) => isOneLine(each, edit, form));
    const others = certain.filter(([other, change]) => other !== finding && change.some((edit) => shares(edit) &&
      !ownKeys.has(keyOf(edit))));
    // All of them in one order, so that the line is the same wherever it is told.
    const together = (asks(finding.remedy) ? [...certain, [finding, own] as const] : certain).flatMap(([other, change]) => (
      other === finding ? change : change.filter(shares)
    ));
    const once = new Map(together.map((edit) => [keyOf(edit), edit]));
    return [finding, { change: [...once.values()], others: [...new Set(others.map(([{ hazard }]) => hazard))] }];
  }));
}

function keyOf(edit: Edit): string {
  return JSON.stringify(edit);
}

function isOneLine(one: Edit, other: Edit, form: BuildForm): boolean {
  const [{ argument }, { argument: otherArgument }] = [edits[one.kind], edits[other.kind]];
  const isWritten = [one, other].every((edit) => isListed(edit) || edit.kind === 'keep-source');
  return isWritten && argument === otherArgument && form.kind === 'spec' && form.arguments[argument]?.kind !== 'variable';
}
