import { areaOf, rowOf } from '../model/catalogue.ts';
import type { Hazards } from '../model/hazards.ts';
import type { Observation, ObservationKind } from '../model/observation.ts';
import type { Finding } from '../model/report.ts';
import { oneLine } from '../model/text.ts';

/** An observation with the check that made it and where its line stands. */
export type LocatedObservation = { readonly observation: Observation; readonly checkId: string; readonly source: string };

type ObservationFinding = { readonly kind: ObservationKind; readonly finding: Finding; readonly names: ReadonlySet<string> };

/** What a log line's captured groups name: `module:`, `file:` or `distribution:` and the name. */
const kindOfGroup: Readonly<Record<string, string>> = { module: 'module', package: 'module', file: 'file', distribution: 'distribution' };

/**
 * Every root cause once: what all the rest may follow from, what was read from the bundle, then what only the logs tell. A log line that
 * names what an observation is about is a consequence of it: its checks are explained by the observation, whose remedy knows more than the
 * line does.
 */
export function rootCauses(observed: readonly LocatedObservation[], logged: readonly Finding[], hazards: Hazards): Finding[] {
  const read = withoutConsequences(findingsOf(observed, hazards), hazards);
  const byReason = Map.groupBy(logged, (finding) => reasonOf(finding, read, hazards));
  const told = Array.from(read, ([key, { kind, finding }]) => (
    { kind, finding: explaining(finding, (byReason.get(key) ?? []).flatMap(({ explains }) => explains)) }
  ));
  const [first, others] = [true, false].map((is) => told.filter(({ kind }) => hazards.first.includes(kind) === is)
    .map(({ finding }) => finding));
  return [...byExplained(first ?? []), ...byExplained([...(others ?? []), ...(byReason.get(undefined) ?? [])])];
}

function byExplained(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => b.explains.length - a.explains.length);
}

/** What comes of another cause of the same check, which goes with it. */
type Aftermath = { readonly of: (hazard: string) => boolean; readonly in: (id: string) => boolean };

const selfStarting = { of: (hazard: string) => hazard === 'PM-09' || hazard === 'PM-10', in: () => true };
const aftermaths: Readonly<Record<string, Aftermath>> = {
  // The interpreter crashes at its end, whatever has ended it.
  'TW-19': { of: (hazard) => hazard !== 'TW-19', in: (id) => areaOf(id) === 'startup' },
  // Workers that are started in place of Python outlive the one whose extraction folder they have, and find it half removed.
  'PM-07': selfStarting,
  'BC-09': selfStarting,
};

/** The findings without what only follows from another of the same check. */
export function withoutAftermath(findings: readonly Finding[]): Finding[] {
  return findings.flatMap((finding) => {
    const after = aftermaths[finding.hazard];
    if (after === undefined) return [finding];
    const caused = new Set(findings.filter(({ hazard }) => after.of(hazard)).flatMap(({ explains }) => explains));
    const explains = finding.explains.filter((id) => !(caused.has(id) && after.in(id)));
    return explains.length > 0 || finding.explains.length === 0 ? [{ ...finding, explains }] : [];
  });
}

/** The hints of a bundle as causes of failed checks that nothing else explains, where they spoil something without a word in any log. */
export function silentCauses(hints: readonly Observation[], unexplained: readonly string[], { silent }: Hazards): LocatedObservation[] {
  return hints.flatMap((observation) => unexplained
    .filter((checkId) => silent[observation.kind]?.some((act) => act === rowOf(checkId)?.act))
    .map((checkId) => ({ observation: { ...observation, args: { ...observation.args, guess: 'yes' } }, checkId, source: checkId })));
}

/**
 * What was asked for by somebody who expects that it may be missing, as the cause of what nothing else explains: of executions that failed,
 * or where a log names what follows from it. Other checks say nothing about what an execution did.
 */
export function doubtfulCauses(
  doubted: readonly LocatedObservation[], unexplained: readonly string[], logged: readonly Finding[], { consequences, wordless }: Hazards,
): LocatedObservation[] {
  return doubted.flatMap(({ observation, source }) => {
    const about = new Set(observation.names.map(normalised));
    const named = logged.filter(({ hazard, args }) => consequences[observation.kind]?.includes(hazard) && (
      namedIn(args).length === 0 || namedIn(args).some((name) => about.has(name))
    )).flatMap(({ explains }) => explains);
    const { [observation.kind]: areas = ['execution'] } = wordless;
    const wordlessly = unexplained.filter((id) => areas.some((area) => area === areaOf(id)));
    return [...new Set([...named, ...wordlessly])].map((checkId) => ({ observation, checkId, source }));
  });
}

function findingsOf(observed: readonly LocatedObservation[], { observations }: Hazards): Map<string, ObservationFinding> {
  const findings = new Map<string, ObservationFinding>();
  for (const { observation: { kind, line, names, ...rest }, checkId, source } of observed) {
    const row = observations[kind];
    const args = Object.fromEntries(Object.entries(rest.args).map(([name, value]) => [name, oneLine(value)]));
    const key = JSON.stringify([kind, args]);
    const known = findings.get(key);
    const finding: Finding = known ? explaining(known.finding, [checkId]) : {
      hazard: row.hazard(rest.args), args, cause: oneLine(row.cause(args)), remedy: row.remedy(args), line: oneLine(line), source,
      explains: [checkId], sure: row.sure(rest.args),
    };
    findings.set(key, { kind, finding, names: new Set([...(known?.names ?? []), ...names.map(normalised)]) });
  }
  return findings;
}

/** The finding, which explains these checks as well. */
function explaining(finding: Finding, checkIds: readonly string[]): Finding {
  return { ...finding, explains: [...new Set([...finding.explains, ...checkIds])] };
}

/** What names nothing but what another observation names, too, is not told; what it explains, that one explains. */
function withoutConsequences(findings: ReadonlyMap<string, ObservationFinding>, { reasons }: Hazards): Map<string, ObservationFinding> {
  const kept = new Map(findings);
  for (const [key, found] of findings) {
    const [reason, known] = Array.from(kept).find(([other, one]) => other !== key && isReason(one, found, reasons)) ?? [];
    if (reason === undefined || known === undefined) continue;
    kept.delete(key);
    kept.set(reason, { ...known, finding: explaining(known.finding, found.finding.explains) });
  }
  return kept;
}

function isReason(candidate: ObservationFinding, { kind, names }: ObservationFinding, reasons: readonly ObservationKind[]): boolean {
  const rank = reasons.indexOf(candidate.kind);
  return rank >= 0 && rank < reasons.indexOf(kind) && names.size > 0 && [...names].every((name) => candidate.names.has(name));
}

/** The observation whose consequence a log line is: one that it names, or, where it names nothing, the only one that can have it. */
function reasonOf(logged: Finding, read: ReadonlyMap<string, ObservationFinding>, { consequences }: Hazards): string | undefined {
  const able = Array.from(read).filter(([, { kind }]) => consequences[kind]?.includes(logged.hazard));
  const { module, symbol } = logged.args;
  // What cannot be imported from a package may be a module of it.
  const inside = module !== undefined && symbol !== undefined ? [normalised(`module:${module}.${symbol}`)] : [];
  const named = [...inside, ...namedIn(logged.args)];
  // Of what nobody says whose it is, only the last part of the name is known.
  const last = module === undefined && symbol !== undefined ? normalised(`.${symbol}`) : undefined;
  const isNamed = ({ names }: ObservationFinding): boolean => (
    named.some((name) => names.has(name)) || (last !== undefined && [...names].some((name) => name.endsWith(last)))
  );
  const isAnonymous = named.length === 0 && last === undefined;
  const reasonsOfIt = isAnonymous ? able : able.filter(([, found]) => isNamed(found));
  return !isAnonymous || reasonsOfIt.length === 1 ? reasonsOfIt[0]?.[0] : undefined;
}

/** What the groups of a log line name. */
function namedIn(args: Finding['args']): string[] {
  return Object.entries(args).flatMap(
    ([group, value]) => (kindOfGroup[group] === undefined ? [] : [normalised(`${kindOfGroup[group]}:${value}`)]),
  );
}

/** `langchain-groq` and `langchain_groq` are one name, whichever a message uses, and so are Windows's and other paths. */
function normalised(name: string): string {
  return name.replaceAll('-', '_').replaceAll(/\\+/g, '/').toLowerCase();
}
