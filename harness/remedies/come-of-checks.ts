import type { CheckResult, Finding, Report } from '../model/report.ts';
import { oneLine, shorten } from '../model/text.ts';
import { isSame, passes } from './judge-proof.ts';

type Repaired = NonNullable<Report['repaired']>['checks'][number];

/** What became of each failed check in an executable that was built with all that was proved. */
export function comeOfChecks(failed: readonly CheckResult[], known: readonly Finding[], after: Report): Repaired[] {
  return failed.map(({ id, reason }) => {
    if (passes(after, id)) return { id, outcome: 'repaired' };
    const check = after.checks.find((each) => each.id === id);
    if (check?.outcome !== 'fail') return { id, outcome: 'not judged', sentence: brief(check?.reason ?? 'it did not run') };
    const next = after.findings.find((finding) => finding.explains.includes(id) && !known.some((other) => isSame(other, finding)));
    if (next !== undefined) return { id, outcome: 'still red', sentence: brief(`for a further cause, ${next.hazard}: ${next.cause}`) };
    const now = check.reason ?? check.title;
    return now === reason ? { id, outcome: 'unchanged' } : { id, outcome: 'still red', sentence: brief(now) };
  });
}

function brief(text: string): string {
  return shorten(oneLine(text), 300);
}
