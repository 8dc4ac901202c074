import type { Bundle, FrozenBundle } from '../runtimes/pyinstaller/bundle.ts';
import { BundleError } from '../runtimes/pyinstaller/bundle-error.ts';
import { readBundle } from '../runtimes/pyinstaller/read-bundle.ts';
import { CouldNotJudge } from '../model/errors.ts';
import { NotApplicable } from './outcome.ts';
import { fixture, type Scope } from './scope.ts';

const contents = fixture('contents', ({ run }): Promise<Bundle> => readBundle(run.binary));

/**
 * What the subject is and holds, read once for a run.
 * @throws {CouldNotJudge} where it is damaged, which is told once: by the check that looks for damage.
 */
export async function readOnce({ use }: Pick<Scope, 'use'>): Promise<Bundle> {
  try {
    return await use(contents);
  } catch (error) {
    if (!(error instanceof BundleError)) throw error;
    throw new CouldNotJudge('it is damaged, so its contents cannot be read: see artifact.intact', { cause: error });
  }
}

/**
 * What is inside the subject.
 * @throws {NotApplicable} where the contents cannot be listed, because PyInstaller did not make it.
 * @throws {CouldNotJudge} where it is damaged.
 */
export async function frozenBundle(scope: Pick<Scope, 'use'>): Promise<FrozenBundle> {
  const bundle = await readOnce(scope);
  if (bundle.kind === 'opaque') throw new NotApplicable('its contents cannot be listed: it is ' +
    (bundle.producer === undefined ? 'not made by PyInstaller' : `made by ${bundle.producer}`));
  return bundle;
}
