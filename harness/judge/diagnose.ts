import type { Finding } from '../model/report.ts';
import { boundedLines, oneLine } from '../model/text.ts';
import type { Args, Signature, SourceKind } from '../model/hazard-table.ts';
import type { Hazards } from '../model/hazards.ts';
import { signaturesOf } from './signatures.ts';

/** A text that may tell why something went wrong. */
export type Source = {
  readonly name: string; // where a reader finds it, for example the path of the evidence
  readonly text: string;
  readonly checkId?: string; // the check that it belongs to; absent for a launch that several checks share
  readonly kind?: SourceKind; // default `output`
  readonly variant?: 'subject' | 'baseline'; // default `subject`; a baseline's text gives no findings, it only takes some away
};

type Match = { readonly signature: Signature; readonly args: Args; readonly line: string; readonly at: number };

const windowLines = 60;
const lineExcerpt = 400;

/**
 * The defects that the texts give away, one finding per hazard and captured names, those that explain most checks first.
 *
 * A finding explains the failed checks whose own sources hold it. It is reported when it explains a check; when its source is shared
 * (no `checkId`) and any check failed; or when its row is marked `always` (a crash, a warning of the loader). So a line that
 * belongs to a check which passed is no finding: that check may have provoked it, as `resilience.late-server` provokes TW-06.
 */
export function diagnose(sources: readonly Source[], failedChecks: readonly string[], hazards: Hazards): Finding[] {
  const signatures = signaturesOf(hazards);
  const failed = new Set(failedChecks);
  const ofBaseline = sources.filter(({ variant }) => variant === 'baseline');
  const shared = new Set(ofBaseline.flatMap((one) => matchesOf(one, signatures, hazards)).map(keyOf));
  const findings = new Map<string, Finding>();
  const guesses = new Set<string>();
  for (const source of sources.filter(({ variant }) => variant !== 'baseline')) {
    for (const match of matchesOf(source, signatures, hazards)) {
      const explains = source.checkId !== undefined && failed.has(source.checkId) ? [source.checkId] : [];
      const isTold = explains.length > 0 || match.signature.always === true || (source.checkId === undefined && failed.size > 0);
      if (!isTold || (match.signature.subjectOnly === true && shared.has(keyOf(match)))) continue;
      if (match.signature.fallback === true) guesses.add(keyOf(match));
      const known = findings.get(keyOf(match));
      findings.set(keyOf(match), known === undefined ? findingOf(match, source, explains) : {
        ...known, explains: [...new Set([...known.explains, ...explains])],
      });
    }
  }
  // One text of a check may hold the cause and another one its consequence only.
  const caused = new Set([...findings].filter(([key]) => !guesses.has(key)).flatMap(([, { explains }]) => explains));
  const isCause = ([key, { explains }]: [string, Finding]): boolean => (
    !guesses.has(key) || explains.length === 0 || !explains.every((id) => caused.has(id))
  );
  return [...findings].filter(isCause).map(([, finding]) => finding).toSorted((a, b) => b.explains.length - a.explains.length);
}

function matchesOf({ text, kind = 'output' }: Source, signatures: readonly Signature[], { failedScript }: Hazards): Match[] {
  const rows = signatures.filter(({ where }) => where.includes(kind));
  const lines = boundedLines(text);
  const found = lines.flatMap((_, index) => firstMatch(rows, lines, index) ?? []);
  const isStarted = failedScript !== undefined && found.some(({ signature }) => signature.startsItself === true);
  const other = isStarted ? linesOfFailedScripts(lines, failedScript) : new Set<number>();
  const matches = Map.groupBy(found.filter(({ at }) => !other.has(at)), keyOf);
  const all = [...matches.values()].flatMap((same) => same.slice(0, 1));
  const causes = all.filter(({ signature }) => signature.fallback !== true);
  return causes.length > 0 ? causes : all;
}

/** The tracebacks of scripts that the loader says have failed, by their lines. */
function linesOfFailedScripts(lines: readonly string[], failed: RegExp): Set<number> {
  const numbers = new Set<number>();
  let begun = 0;
  for (const [index, line] of lines.entries()) {
    if (line.startsWith('Traceback (most recent call last)')) begun = index;
    if (!failed.test(line)) continue;
    for (let at = begun; at <= index; at += 1) numbers.add(at);
    begun = index + 1;
  }
  return numbers;
}

function firstMatch(rows: readonly Signature[], lines: readonly string[], index: number): Match | undefined {
  const line = lines[index] ?? '';
  for (const signature of rows) {
    const first = signature.pattern.exec(line);
    if (!first) continue;
    const second = signature.followedBy ? findAfter(signature.followedBy, lines, index, first.index) : undefined;
    if (second === null) continue;
    const args = { ...groupsOf(first), ...(second ? groupsOf(second) : {}) };
    return { signature, args, line: around(line, first.index), at: index };
  }
  return undefined;
}

function findAfter(pattern: RegExp, lines: readonly string[], index: number, column: number): RegExpExecArray | null {
  const [first = '', ...following] = lines.slice(index, index + windowLines + 1);
  const where = [first.slice(column), ...following].find((line) => pattern.test(line));
  return where === undefined ? null : pattern.exec(where);
}

function groupsOf(match: RegExpExecArray): Args {
  return Object.fromEntries(
    Object.entries(match.groups ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, oneLine(value)]])),
  );
}

/** The line, or the part of a long one where the match stands. */
function around(line: string, column: number): string {
  const start = line.length <= lineExcerpt ? 0 : Math.max(0, column - lineExcerpt / 4);
  return oneLine(line.slice(start, start + lineExcerpt));
}

function findingOf({ signature, args, line }: Match, source: Source, explains: string[]): Finding {
  return {
    hazard: signature.id, args: { ...args }, cause: signature.cause(args), remedy: signature.remedy(args), line, source: source.name,
    explains, sure: signature.sure,
  };
}

/** Two spellings of one package (`langchain-groq`, `langchain_groq`) are one cause, however they were captured. */
function keyOf({ signature, args }: Match): string {
  return JSON.stringify([signature.id, ...Object.values(args).map((value) => value.replaceAll('-', '_'))]);
}
