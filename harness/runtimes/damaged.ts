import type { Observation } from '../model/observation.ts';
import type { Problem } from './pyinstaller/examine.ts';

/** What is not as it was when a file was built, as observations (BC-16). */
export function damagedMembers(file: string, problems: readonly Problem[]): Observation[] {
  return problems.map(({ subject, sentence }) => damaged(subject === file ? 'the executable' : subject, sentence));
}

/** The observation that a member is damaged. */
export function damaged(member: string, line: string): Observation {
  return { kind: 'damaged-member', args: { member }, line, names: [`file:${member}`] };
}
