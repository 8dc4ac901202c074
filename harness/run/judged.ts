import { chosenChecks } from '../contract/catalogue.ts';
import type { Contract } from '../contract/schema.ts';
import { diagnose, type Source } from '../judge/diagnose.ts';
import { doubtfulCauses, rootCauses, silentCauses, withoutAftermath, type LocatedObservation } from '../judge/root-causes.ts';
import { judge } from '../judge/verdict.ts';
import type { Hazards } from '../model/hazards.ts';
import type { Observation } from '../model/observation.ts';
import type { CheckResult, Finding, Profile, Report } from '../model/report.ts';
import { withExcerpts } from './excerpts.ts';
import type { Redacted } from './publish/redact-files.ts';
import type { Collected } from './suites/collect.ts';

/** Everything that decides about a run. */
export type Given = {
  readonly collected: Collected;
  readonly redacted: Redacted;
  readonly hazards: Hazards; // how executables of this kind go wrong
  readonly hints: readonly Observation[]; // what in this one may
  readonly textOf: (path: string) => string; // of an evidence file, by the path that a report gives it
  readonly contract: Contract | undefined;
  readonly hasPrevious: boolean; // whether the last release was named
  readonly only: readonly string[];
  readonly profile: Profile;
  readonly interrupted: string | null;
  readonly problems: readonly string[]; // what beside the executable went wrong
  readonly subjectChanged: boolean;
  readonly emulatedBy: string | undefined;
};

/** What a run comes to: checks with the telling lines of their evidence, findings, verdict. A function of what it is given. */
export function judged(
  {
    collected, redacted, hazards, hints, textOf, contract, hasPrevious, only, profile, interrupted, problems, subjectChanged, emulatedBy,
  }: Given,
): Pick<Report, 'expectedIds' | 'checks' | 'findings' | 'partial' | 'interrupted' | 'warnings' | 'verdict'> {
  const expectedIds = chosenChecks(contract, only, hasPrevious).map(({ id }) => id);
  const findings = findingsOf(redacted.checks, located(collected, redacted), { hazards, hints, textOf });
  const place = new Map(expectedIds.map((id, index) => [id, index]));
  const inOrder = redacted.checks.toSorted((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
  const checks = withoutRepeated(withExcerpts(inOrder, findings, textOf), findings);
  const partial = [...(only.length > 0 ? [`--only ${only.join(' ')}`] : []), ...(profile === 'quick' ? ['--profile quick'] : [])];
  const unhandledErrors = [...collected.errors, ...redacted.leaks];
  const infrastructureErrors = [...problems, ...collected.troubles];
  const verdict = judge({
    checks, expectedIds, partial, interrupted, unhandledErrors, infrastructureErrors, subjectChanged,
    contractGiven: contract !== undefined, emulatedBy,
  });
  return { expectedIds, checks, findings, partial, interrupted, warnings: [...infrastructureErrors, ...unhandledErrors], verdict };
}

/** A remedy that a finding about the check tells as well is told once. */
function withoutRepeated(checks: readonly CheckResult[], findings: readonly Finding[]): CheckResult[] {
  return checks.map((check) => {
    const { remedy, ...others } = check;
    return findings.some((finding) => finding.explains.includes(check.id) && isSameText(finding.remedy, remedy)) ? others : check;
  });
}

/** A remedy begins with a small letter where it is a check's. */
function isSameText(one: string, other: string | undefined): boolean {
  return one.toLowerCase() === other?.toLowerCase();
}

function findingsOf(
  checks: readonly CheckResult[], observed: readonly LocatedObservation[],
  { hazards, hints, textOf }: Pick<Given, 'hazards' | 'hints' | 'textOf'>,
): Finding[] {
  const failed = checks.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id);
  const seen = new Set(hints.map(({ kind }) => kind));
  const signatures = hazards.signatures.filter(({ onlyWith }) => onlyWith === undefined || seen.has(onlyWith));
  const logged = diagnose(checks.flatMap((check) => sourcesOf(check, textOf)), failed, { ...hazards, signatures });
  const [doubted, told] = [true, false].map((is) => observed.filter(({ observation: { kind } }) => hazards.doubts.includes(kind) === is));
  const explained = new Set([...(told ?? []).map(({ checkId }) => checkId), ...logged.flatMap(({ explains }) => explains)]);
  const unexplained = failed.filter((id) => !explained.has(id));
  const silent = silentCauses(hints, unexplained, hazards);
  const wordless = (told ?? []).filter(({ observation: { kind } }) => hazards.wordless[kind] !== undefined);
  const doubts = doubtfulCauses(wordless.length > 0 ? wordless : doubted ?? [], unexplained, logged, hazards);
  const causes = withoutAftermath(rootCauses([...(told ?? []), ...silent, ...doubts], logged, hazards));
  // A check may pass and yet tell what it saw.
  const passed = checks.filter(({ outcome }) => outcome === 'pass').map(({ id }) => id);
  return causes.map((finding) => ({ ...finding, explains: finding.explains.filter((id) => !passed.includes(id)) }));
}

/** The texts in which the cause of a check that did not pass may stand: its evidence, and what it says itself. */
function sourcesOf({ id, outcome, evidence, reason, got }: CheckResult, textOf: Given['textOf']): Source[] {
  if (outcome !== 'fail' && outcome !== 'inconclusive') return [];
  const said = [reason, got].filter((text) => text !== undefined).join('\n');
  const files = evidence.map(({ path }): Source => ({
    name: path, text: textOf(path), checkId: id, kind: kindOf(path),
  }));
  // What could not be judged may quote the baseline, or a server: no words of the subject.
  return outcome === 'fail' ? [...files, { name: id, text: said, checkId: id }] : files;
}

function kindOf(path: string): NonNullable<Source['kind']> {
  return path.endsWith('history.json') ? 'history' : path.endsWith('command-lines.txt') ? 'argv' : 'output';
}

/** What the checks have read, with the evidence in which it stands. */
function located({ observations }: Collected, { checks }: Redacted): LocatedObservation[] {
  return observations.map(({ observation, checkId }) => (
    { observation, checkId, source: checks.find(({ id }) => id === checkId)?.evidence[0]?.path ?? checkId }
  ));
}
