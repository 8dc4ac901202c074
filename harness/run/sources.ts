import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Source } from '../judge/diagnose.ts';
import type { LocatedObservation } from '../judge/root-causes.ts';
import type { CheckResult } from '../model/report.ts';
import type { FoundObservation } from './suites/collect.ts';

/** The texts in which the cause of a failed check may stand: its evidence, and what it says itself. */
export function sourcesOf(checks: readonly CheckResult[], evidenceFolder: string): Source[] {
  const troubled = checks.filter((check) => check.outcome === 'fail' || check.outcome === 'inconclusive');
  return troubled.flatMap((check): Source[] => {
    const said = [check.reason, check.got].filter((text) => text !== undefined).join('\n');
    const files = check.evidence.map((item): Source => ({
      name: item.path,
      text: readFileSync(join(evidenceFolder, '..', item.path), 'utf8'),
      checkId: check.id,
      kind: item.path.endsWith('history.json') ? 'history' : 'output',
    }));
    // What could not be judged may quote the baseline, or a server: no words of the subject.
    return check.outcome === 'fail' ? [...files, { name: check.id, text: said, checkId: check.id }] : files;
  });
}

/** The facts that checks found, with the evidence in which they stand. */
export function locatedObservations(facts: readonly FoundObservation[], checks: readonly CheckResult[]): LocatedObservation[] {
  return facts.map(
    ({ fact, checkId }) => ({ fact, checkId, source: checks.find(({ id }) => id === checkId)?.evidence[0]?.path ?? checkId }),
  );
}
