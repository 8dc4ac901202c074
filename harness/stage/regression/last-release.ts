import { CouldNotJudge } from '../../model/errors.ts';
import type { Bundle } from '../../runtimes/bundle.ts';
import { BundleError } from '../../runtimes/native/errors.ts';
import { readBundle } from '../../runtimes/subject.ts';
import type { RunContext } from '../run-context.ts';
import { fixture } from '../scope.ts';

/** The last release. @throws {CouldNotJudge} where there is none, or none other than the subject. */
export function previousOf({ previous }: Pick<RunContext, 'previous'>): NonNullable<RunContext['previous']> {
  if (previous === undefined) throw new CouldNotJudge('it needs the last release (--previous)');
  if (previous.isSame) throw new CouldNotJudge(`${previous.named} has the same bytes as the executable itself, so nothing is decided ` +
    'between them: name the last release with --previous');
  return previous;
}

/** What the last release holds. @throws {CouldNotJudge} where there is none other than the subject, or it is damaged. */
export const lastBundle = fixture('last bundle', async ({ run }): Promise<Bundle> => {
  const { binary, named } = previousOf(run);
  const damaged = (why: string): CouldNotJudge => (
    new CouldNotJudge(`the last release (--previous) is damaged, so nothing is decided beside it: ${why.replaceAll(binary, named)}`)
  );
  const bundle = await readBundle(binary).catch((error: unknown) => {
    throw error instanceof BundleError ? damaged(error.message) : error;
  });
  const [damage] = bundle.oddities.filter(({ kind }) => kind === 'damaged-executable');
  if (damage !== undefined) throw damaged(damage.sentence);
  return bundle;
});

/** What every worker may say of its version. */
const common = new Set(['version', 'release', 'build', 'python']);

/** @throws {CouldNotJudge} where what both say of their version has no word in common: then they are not two releases of one worker. */
export function mustBeOneWorker(subject: string, previous: string): void {
  const [own, last] = [wordsOf(subject), wordsOf(previous)];
  if (own.length === 0 || last.length === 0 || own.some((word) => last.includes(word))) return;
  throw new CouldNotJudge(`the last release (--previous) calls itself "${lineOf(previous)}", the executable "${lineOf(subject)}": they ` +
    'are no releases of one worker, so nothing is decided between them');
}

/** Its names: what has a digit is a number, a date or a commit. */
function wordsOf(said: string): string[] {
  return said.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => /^\p{L}{3,}$/u.test(word) && !common.has(word));
}

const lineOf = (said: string): string => said.trim().split('\n')[0]?.slice(0, 80) ?? '';
