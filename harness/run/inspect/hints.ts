import { count } from '../../model/format.ts';
import type { Report } from '../../model/report.ts';
import { oneLine } from '../../model/text.ts';
import type { FrozenBundle } from '../../runtimes/bundle.ts';
import { hintsOf, mentionHints } from '../../runtimes/pyinstaller/compare/hints.ts';
import { spokenFiles } from '../../runtimes/pyinstaller/compare/hints/spoken-files.ts';
import { unresolvedStarts } from '../../runtimes/pyinstaller/compare/hints/start-imports.ts';
import { foreignMembers, misalignedLibraries } from '../../runtimes/pyinstaller/compare/native-architecture.ts';
import { hazardsOf } from '../../runtimes/registry.ts';
import { readMentions } from '../../runtimes/pyinstaller/examine.ts';
import { notCompared } from '../not-verified.ts';
import { otherRun } from '../other-run.ts';
import { comparisonKey, keepComparison, keptComparison, type Comparison, type Hint, type Pair } from './kept-comparison.ts';

/**
 * What looks wrong in a bundle by itself; what a comparison with the baseline knows better only where there is none.
 * @throws what the file system throws, and {BundleError} when the file changed.
 */
export async function readHints(bundle: FrozenBundle, { isCompared = false } = {}): Promise<Hint[]> {
  const mentions = await readMentions(bundle);
  const { observations } = await hazardsOf('pyinstaller');
  return [
    ...foreignMembers(bundle), ...misalignedLibraries(bundle), ...hintsOf(bundle), ...mentionHints(bundle, mentions),
    ...(isCompared ? [] : [...await unresolvedStarts(bundle), ...await spokenFiles(bundle, mentions)]),
  ].map(({ kind, args, line }) => {
    const row = observations[kind];
    return { hazard: row.hazard(args), cause: oneLine(row.cause(args)), remedy: row.remedy(args), line: oneLine(line) };
  });
}

/**
 * What looks wrong in an executable by itself, and what a comparison with its baseline says: the area `bundle` of a verification, without a
 * contract what needs none of it. The last is kept, and told again where all is the same; of a run itself nothing stays on disk.
 * @throws {UsageError} for what the user must correct, and {InfrastructureError} where there is no report.
 */
export async function compareWithBaseline(pair: Pair, bundle: FrozenBundle, signal: AbortSignal): Promise<Comparison> {
  const key = bundle.kind === 'one-file' ? await comparisonKey(pair) : undefined;
  const kept = key === undefined ? undefined : keptComparison(pair, key);
  if (kept !== undefined) return kept;
  const { file, baseline, contract } = pair;
  const words = [`--binary=${file}`, `--baseline=${baseline}`, ...(contract === undefined ? [] : [`--contract=${contract}`])];
  const [report, hints] = await Promise.all([
    otherRun([...words, '--only=bundle', '--profile=quick'], signal), readHints(bundle, { isCompared: true }),
  ]);
  if (key !== undefined) await keepComparison(pair, key, { report, hints });
  return { report, hints };
}

/**
 * What the comparison found goes before what looks wrong without one; of two about the same hazard and line of evidence, or about the same
 * file, one stays.
 */
export function withFindings(hints: readonly Hint[], comparison: Report | undefined): Hint[] {
  const found = (comparison?.findings ?? []).map(({ hazard, cause, remedy, line }): Hint => ({ hazard, cause, remedy, line }));
  return [...found, ...hints.filter((hint) => !found.some(({ cause, hazard }) => hazard === hint.hazard && cause === hint.cause) && (
    !filesIn(hint.cause).some((file) => found.some(({ cause }) => filesIn(cause).includes(file)))
  ))];
}

/** What a sentence names by a path. */
const filesIn = (sentence: string): readonly string[] => sentence.match(/[\w.-]+(?:\/[\w.-]+)+\.\w+/g) ?? [];

/** What the comparison came to, and what was not compared and why, for people. */
export function comparisonSentence({ checks, findings, verdict }: Report): string {
  if (verdict.outcome === 'pass') return 'against the baseline: nothing is missing';
  const rest = notCompared(checks).map((text) => (
    `not compared with the baseline: ${text}${text.endsWith(': it needs a contract') ? '; name it with --contract FILE' : ''}`
  ));
  if (findings.length > 0) return [`against the baseline: ${count(findings.length, 'defect')}, told above`, ...rest].join('\n');
  return rest.length > 0 ? rest.join('\n') : `against the baseline: could not be judged: ${oneLine(verdict.sentence)}`;
}
