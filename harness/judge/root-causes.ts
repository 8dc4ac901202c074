import type { Finding } from '../model/report.ts';
import { oneLine } from '../model/text.ts';
import type { Observation, ObservationKind } from '../model/observation.ts';
import { observationRows, hazardOf } from '../runtimes/pyinstaller/hazards/observation-rows.ts';

/** A fact with the check that found it and where its line stands. */
export type LocatedObservation = { readonly fact: Observation; readonly checkId: string; readonly source: string };

type ObservationFinding = { readonly kind: ObservationKind; readonly finding: Finding; readonly names: ReadonlySet<string> };

/** Of two facts about the same things the one that stands here first knows why; the other is its consequence. */
const reasons: readonly ObservationKind[] = ['other-kind', 'missing-plugins', 'missing-metadata', 'missing-entry-point', 'missing-module'];

/** The hazards that a log may name as a consequence of what was read; what explains nothing in a log is left out. */
const consequences: Partial<Record<ObservationKind, readonly string[]>> = {
  'missing-module': ['BC-02', 'BC-07', 'BC-12', 'TW-17'],
  'other-kind': ['BC-01', 'BC-02', 'BC-07', 'BC-12'],
  'missing-data': ['BC-04', 'EN-04'],
  'missing-metadata': ['BC-05', 'BC-06'],
  'missing-plugins': ['BC-02', 'BC-03'],
  'missing-entry-point': ['BC-02', 'BC-05', 'BC-06'],
  'glibc-floor': ['NA-01'],
  'macos-floor': ['NA-09'],
  'foreign-member': ['NA-02'],
  'damaged-member': ['BC-16'],
};

/** What a log line's captured groups name: `module:`, `file:` or `distribution:` and the name. */
const kindOfGroup: Readonly<Record<string, string>> = { module: 'module', package: 'module', file: 'file', distribution: 'distribution' };

/**
 * Every root cause once: what was read from the bundle, then what only the logs tell. A log line that names what a fact is about is a
 * consequence of that fact: its checks are explained by the fact, whose remedy knows more than the line does.
 */
export function rootCauses(facts: readonly LocatedObservation[], logged: readonly Finding[]): Finding[] {
  const read = withoutConsequences(factFindings(facts));
  const explained = new Map<string, string[]>();
  const rest = logged.filter((finding) => {
    const key = reasonOf(finding, read);
    if (key !== undefined) explained.set(key, [...(explained.get(key) ?? []), ...finding.explains]);
    return key === undefined;
  });
  const told = Array.from(
    read, ([key, { finding }]) => ({ ...finding, explains: [...new Set([...finding.explains, ...(explained.get(key) ?? [])])] }),
  );
  return [...told, ...rest].toSorted((a, b) => b.explains.length - a.explains.length);
}

function factFindings(facts: readonly LocatedObservation[]): Map<string, ObservationFinding> {
  const findings = new Map<string, ObservationFinding>();
  for (const { fact, checkId, source } of facts) {
    const row = observationRows[fact.kind];
    const args = Object.fromEntries(Object.entries(fact.args).map(([name, value]) => [name, oneLine(value)]));
    const key = JSON.stringify([fact.kind, args]);
    const known = findings.get(key);
    const finding: Finding = known
      ? { ...known.finding, explains: [...new Set([...known.finding.explains, checkId])] }
      : {
        hazard: hazardOf(fact), args, cause: oneLine(row.cause(args)), remedy: row.remedy(args), line: oneLine(fact.line), source,
        explains: [checkId],
      };
    findings.set(key, { kind: fact.kind, finding, names: new Set([...(known?.names ?? []), ...fact.names.map(normalised)]) });
  }
  return findings;
}

/** A fact that names nothing but what another one names, too, is not told; what it explains, that one explains. */
function withoutConsequences(findings: ReadonlyMap<string, ObservationFinding>): Map<string, ObservationFinding> {
  const kept = new Map(findings);
  for (const [key, fact] of findings) {
    const [reason] = Array.from(kept).find(([other, candidate]) => other !== key && isReason(candidate, fact)) ?? [];
    const known = reason === undefined ? undefined : kept.get(reason);
    if (reason === undefined || known === undefined) continue;
    kept.delete(key);
    kept.set(
      reason, { ...known, finding: { ...known.finding, explains: [...new Set([...known.finding.explains, ...fact.finding.explains])] } },
    );
  }
  return kept;
}

function isReason(candidate: ObservationFinding, fact: ObservationFinding): boolean {
  const rank = reasons.indexOf(candidate.kind);
  return rank >= 0 && rank < reasons.indexOf(fact.kind) && fact.names.size > 0 && [...fact.names].every(
    (name) => candidate.names.has(name),
  );
}

/** The fact whose consequence a log line is: one that it names, or, where it names nothing, the only one that can have it. */
function reasonOf(logged: Finding, read: ReadonlyMap<string, ObservationFinding>): string | undefined {
  const able = Array.from(read).filter(([, { kind }]) => consequences[kind]?.includes(logged.hazard));
  const named = Object.entries(logged.args).flatMap(
    ([group, value]) => (kindOfGroup[group] === undefined ? [] : [normalised(`${kindOfGroup[group]}:${value}`)]),
  );
  const reasonsOfIt = named.length === 0 ? able : able.filter(([, { names }]) => named.some((name) => names.has(name)));
  return named.length > 0 || reasonsOfIt.length === 1 ? reasonsOfIt[0]?.[0] : undefined;
}

/** `langchain-groq` and `langchain_groq` are one name, whichever a message uses, and so are Windows's and other paths. */
function normalised(name: string): string {
  return name.replaceAll('-', '_').replaceAll(/\\+/g, '/').toLowerCase();
}
