import type { MissingEyes } from '../model/eyes.ts';
import type { Observation } from '../model/observation.ts';
import type { CheckResult } from '../model/report.ts';
import type { FrozenBundle } from '../runtimes/bundle.ts';
import { hintsOf, mentionHints } from '../runtimes/pyinstaller/compare/hints.ts';
import type { Mentions } from '../runtimes/pyinstaller/compare/hints/mentions.ts';
import { spokenFiles } from '../runtimes/pyinstaller/compare/hints/spoken-files.ts';
import { readMentions } from '../runtimes/pyinstaller/examine.ts';

type Subject = { readonly bundle: FrozenBundle | undefined; readonly mentions: Mentions | undefined };

/**
 * What in a bundle may be why a check failed. Where only other areas were looked at, nobody has read its code yet, in which the reason may
 * stand. Which files native code asks for is seen in its system calls; where nobody sees those, the names in the code are a question.
 */
export async function hintsFor(
  { bundle, mentions: known }: Subject, checks: readonly CheckResult[], eyes: MissingEyes,
): Promise<readonly Observation[]> {
  if (bundle === undefined) return [];
  const hasFailed = checks.some(({ outcome }) => outcome === 'fail');
  const mentions = known ?? (hasFailed ? await readMentions(bundle).catch(() => undefined) : undefined);
  if (mentions === undefined) return hintsOf(bundle);
  const asked = hasFailed && eyes.syscalls !== undefined ? await spokenFiles(bundle, mentions).catch(() => []) : [];
  return [...hintsOf(bundle), ...mentionHints(bundle, mentions), ...asked];
}
