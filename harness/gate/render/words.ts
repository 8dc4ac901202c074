import { formatBytes, formatDuration } from '../../model/format.ts';
import type { AreaCounts, Gate, GatePlatform, GateWaiver, KeyNumbers } from '../../model/gate.ts';

/** A platform's state in one word or two, the same in every rendering. */
export const stateWords = {
  pass: 'pass',
  waived: 'pass with waivers',
  fail: 'fail',
  inconclusive: 'inconclusive',
  missing: 'no report',
} satisfies Record<GatePlatform['state'], string>;

/** One thing to say about an area of a platform, and how it is to look. */
export type CellPart = { readonly text: string; readonly state: AreaCounts['state'] };

/** An area of a platform in the matrix: what troubles it, or how many checks passed. */
export function cellParts({ passed, failed, neverRan, inconclusive, waived, notApplicable }: AreaCounts): CellPart[] {
  const trouble: CellPart[] = [
    { text: `${failed} failed`, state: 'fail' as const, number: failed },
    { text: `${neverRan} never ran`, state: 'fail' as const, number: neverRan },
    { text: `${inconclusive} unjudged`, state: 'inconclusive' as const, number: inconclusive },
    { text: `${waived} waived`, state: 'waived' as const, number: waived },
  ].filter(({ number }) => number > 0);
  if (trouble.length > 0) return trouble;
  return [{ text: passed > 0 ? `${passed} passed` : `${notApplicable} not applicable`, state: 'pass' }];
}

/** The same in one line. */
export function cellText(counts: AreaCounts): string {
  return cellParts(counts).map(({ text }) => text).join(', ');
}

/** Size, start to ready and memory in words; `–` where a report has no such number. */
export function numberTexts(
  { sizeBytes, readyMs, memoryBytes }: KeyNumbers,
): { readonly size: string; readonly ready: string; readonly memory: string } {
  return {
    size: sizeBytes === undefined ? '–' : formatBytes(sizeBytes),
    ready: readyMs === undefined ? '–' : formatDuration(readyMs),
    memory: memoryBytes === undefined ? '–' : formatBytes(memoryBytes),
  };
}

/** What a waiver is about and what became of it. */
export function waiverTexts({ id, platform, until, state, excuses }: GateWaiver): { readonly about: string; readonly state: string } {
  const about = platform === undefined ? id : `${platform}/${id}`;
  const where = platform === undefined ? ` on ${excuses.join(', ')}` : '';
  const states = { used: `excused${where} until ${until}`, unused: `excuses nothing, until ${until}`, expired: `ended on ${until}` };
  return { about, state: states[state] };
}

/** Areas that any platform has checks in, in the order of the suites. */
export function areasOf(gate: Gate): AreaCounts['area'][] {
  const order = gate.platforms.flatMap(({ areas }) => areas.map(({ area }) => area));
  return [...new Set(order)];
}
