import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SpecChange } from '../runtimes/pyinstaller/hazards/edits.ts';
import { messageOf } from '../model/errors.ts';
import { platformId } from '../system/platform.ts';
import { areaOf } from '../model/catalogue.ts';
import type { CheckResult, Finding, Proof } from '../model/report.ts';
import { buildChanged, type Workshop } from '../runtimes/pyinstaller/rebuild/build.ts';
import { CannotHelp, NotTried } from '../model/not-tried.ts';
import type { Try } from './judge-proof.ts';
import { verifyAgain, type Verification } from './verify-again.ts';

/** What every try needs, whatever it changes. */
export type Bench = {
  readonly workshop: Workshop;
  readonly verification: Omit<Verification, 'folder' | 'run' | 'signal'>;
  /** Every finding of the first run. */
  readonly findings: readonly Finding[];
  /** The change of the build that a finding asks for; undefined where it asks for something else. */
  readonly changeFor: (finding: Finding) => SpecChange | undefined;
  /** What failed in the first run. */
  readonly failed: readonly CheckResult[];
  /** The report's folder of evidence. */
  readonly evidenceFolder: string;
  readonly say: (line: string) => void;
};

/** A try that came to its end, or what is to be said of each of its findings where it did not. */
export type Tried = { readonly result: Try } | { readonly proof: Proof };

/**
 * Builds with a change and verifies what the findings explain, or `all` that failed; the build's log and the new report stay as evidence
 * under `remedies/<name>`.
 */
export async function tryChange(
  change: SpecChange, changedFor: readonly Finding[], name: string, bench: Bench, all = false,
): Promise<Tried> {
  const { workshop, verification, findings, changeFor, evidenceFolder, say } = bench;
  const { run, signal, folder } = workshop;
  const hazards = [...new Set(changedFor.map(({ hazard }) => hazard))].join(' and ');
  const evidence = join(evidenceFolder, 'remedies', name);
  const place = join(folder, name);
  if (signal.aborted) return { proof: proofOf(new NotTried('interrupted')) };
  try {
    mkdirSync(evidence, { recursive: true });
    say(`proving ${hazards}: rebuilding, takes about as long as a build`);
    const built = await buildChanged(workshop, change, name, join(evidence, 'build.log'));
    const about = all ? bench.failed.map(({ id }) => id) : changedFor.flatMap(({ explains }) => explains);
    const areas = [...new Set(about.flatMap((id) => areaOf(id) ?? []))];
    say(`proving ${hazards}: verifying ${areas.join(', ')} again`);
    const after = await verifyAgain(built.binary, areas, { ...verification, folder: join(place, 'again'), run, signal });
    return { result: { findings, changedFor, after, changeFor, built } };
  } catch (error) {
    return { proof: proofOf(error, `evidence/remedies/${name}`) };
  } finally {
    const report = join(place, 'again', 'reports', platformId(), 'report.json');
    if (existsSync(report)) copyFileSync(report, join(evidence, 'verified-again.json'));
    rmSync(place, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
}

/** What a failed try says. Trying a remedy is an extra: whatever goes wrong in it, the report is written. */
export function proofOf(error: unknown, evidence?: string): Proof {
  const sentence = messageOf(error).split('\n')[0] ?? '';
  if (error instanceof CannotHelp) return { outcome: 'did not help', sentence };
  const known = error instanceof NotTried && sentence === 'interrupted';
  return { outcome: 'not tried', sentence: known || evidence === undefined ? sentence : `${sentence}; see ${evidence}` };
}
