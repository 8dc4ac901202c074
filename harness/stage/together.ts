import { CheckFailed } from '../model/errors.ts';

/** So many are told in one sentence. */
const most = 5;

/** Fails with all that failed, as one; of the same remedy the first. @throws {CheckFailed} unless every one of them is undefined. */
export function failTogether(failures: readonly (CheckFailed | undefined)[]): void {
  const failed = failures.filter((failure) => failure !== undefined);
  const kinds = [...new Map(failed.toReversed().map((failure) => [failure.difference.remedy ?? failure.message, failure])).values()];
  const all = kinds.toReversed();
  if (all.length === 0) return;
  const told = (key: 'expected' | 'got' | 'remedy'): string => all.flatMap(({ difference }) => difference[key] ?? []).join('\n');
  const more = all.length > most ? `; and ${all.length - most} more` : '';
  throw new CheckFailed(`${all.slice(0, most).map(({ message }) => message).join('; ')}${more}`, {
    expected: told('expected'), got: told('got'), remedy: told('remedy'),
  });
}

/** The same where judging takes time, one after the other. @throws the first other error where none failed. */
export async function failingInTurn(...judges: readonly (() => Promise<void>)[]): Promise<void> {
  const ended: (() => void)[] = [];
  for (const judge of judges) {
    ended.push(await judge().then(() => () => {}, (error: unknown) => () => {
      throw error;
    }));
  }
  failingTogether(...ended);
}

/** Judges in all of these ways, and fails with all that failed. @throws the first other error where none did. */
export function failingTogether(...judges: readonly (() => void)[]): void {
  const errors = judges.flatMap((judge): unknown[] => {
    try {
      judge();
      return [];
    } catch (error) {
      return [error];
    }
  });
  failTogether(errors.filter((error) => error instanceof CheckFailed));
  if (errors.length > 0) throw errors[0];
}
