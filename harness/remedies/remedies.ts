import type { SpecChange } from '../runtimes/pyinstaller/hazards/edits.ts';
import type { Finding } from '../model/report.ts';

/** The findings that one change is for. */
export type Remedy = { readonly change: SpecChange; readonly findings: readonly Finding[] };

/**
 * The changes to be tried, each once; building anew comes first, because nothing of an earlier build can be in it. Where somebody must fill
 * something in, there is nothing to try.
 */
export function remediesOf(findings: readonly Finding[], changeFor: (finding: Finding) => SpecChange | undefined): Remedy[] {
  const candidates = findings.flatMap((finding) => {
    const change = finding.explains.length > 0 && finding.sure !== 'to fill in' ? changeFor(finding) : undefined;
    return change === undefined ? [] : [{ finding, change }];
  });
  const groups = [...Map.groupBy(candidates, ({ change }) => JSON.stringify(change)).values()];
  return groups
    .map((group) => ({ change: group[0]?.change ?? [], findings: group.map(({ finding }) => finding) }))
    .toSorted((a, b) => Math.min(a.change.length, 1) - Math.min(b.change.length, 1));
}

/** Where every check fails for another defect too, which has a change of its own: all stay red until both are made. */
export function tellsNothingAlone(remedy: Remedy, remedies: readonly Remedy[], findings: readonly Finding[]): boolean {
  const elsewhere = new Set(remedies.filter((other) => other !== remedy).flatMap((other) => other.findings));
  return remedy.findings.every(({ explains }) =>
    explains.every((id) => {
      const others = findings.filter((other) => !remedy.findings.includes(other) && other.explains.includes(id));
      return others.length > 0 && others.every((other) => elsewhere.has(other));
    }),
  );
}

/**
 * All changes together that share a check which stayed red; undefined unless there is such a check whose every explanation could be
 * tried, since another build could not tell more.
 */
export function jointRemedy(leftRed: ReadonlyMap<Remedy, readonly string[]>, findings: readonly Finding[]): Remedy | undefined {
  const tried = new Set([...leftRed.keys()].flatMap((remedy) => remedy.findings));
  const red = [...leftRed.values()].flat().filter((id) => findings.every((other) => !other.explains.includes(id) || tried.has(other)));
  const parts = [...leftRed.keys()].filter((remedy) => remedy.findings.some(({ explains }) => explains.some((id) => red.includes(id))));
  if (parts.length < 2) return undefined;
  return { change: parts.flatMap(({ change }) => change), findings: parts.flatMap((remedy) => remedy.findings) };
}
