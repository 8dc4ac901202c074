import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../harness/contract/catalogue.ts';
import { root } from '../support/command.ts';
import { verify, type Verified } from '../support/verification.ts';
import { verdictOf } from './compare.ts';
import type { Expectation } from './expectation.ts';
import { makePlace } from './place.ts';
import { watchTraces } from './traces.ts';

/** Those that have checks without the last release too. */
const aloneAreas = [...new Set(catalogue(undefined).map(({ area }) => area))];

/**
 * The areas that a row runs; none means all. What has no defect runs all of them; in a sample all but the measuring one, which the
 * verification of the reference has just shown to be green.
 */
export function areasOf(row: Expectation, sample: boolean): readonly string[] {
  const named = [...new Set(Object.keys({ ...row.red, ...row.unjudged }).map((id) => id.split('.')[0] ?? id))];
  return row.only ?? (sample && verdictOf(row) === 'pass' ? aloneAreas.filter((area) => area !== 'performance') : named);
}

/** Whether the machine must do nothing else meanwhile. */
export function isMeasured(chosen: readonly string[]): boolean {
  return chosen.length === 0 || chosen.includes('performance');
}

const limitMs = 560_000;

/** What a verification gave, how long it took, and what it left on the machine. */
export type Controlled = Verified & { readonly seconds: number; readonly left: readonly string[] };

/** Verifies a row's executable with the real harness in these areas. */
export async function verifyRow(row: Expectation, chosen: readonly string[], folder: string, signal: AbortSignal): Promise<Controlled> {
  const place = await makePlace(row, folder, signal);
  const project = join(root, 'fixtures', row.project ?? 'agent-runner');
  const compared = row.baseline === true || (row.project !== undefined && existsSync(join(project, 'main.py')));
  const traces = watchTraces([...place.untouched, project]);
  const startMs = performance.now();
  const verifying = verify([
    '--binary', place.binary, ...(compared ? ['--baseline', project] : []),
    ...(place.previous === undefined ? [] : ['--previous', place.previous]), '--contract', place.contract, '--report-dir', place.reports,
    ...(place.cli === undefined ? [] : ['--temporal-cli', place.cli]), ...(row.words ?? ['--profile', row.profile ?? 'quick']),
    ...chosen.flatMap((area) => ['--only', area]),
  ], limitMs, signal, {
    env: place.env, under: [...traces.under, ...(row.under ?? []).map((word) => word.replaceAll('{reports}', place.reports))],
  });
  // Whatever became of it: what it started is ended.
  const verified = await verifying.catch(async (error: unknown) => {
    await traces.left();
    throw error;
  });
  return { ...verified, seconds: (performance.now() - startMs) / 1_000, left: await traces.left() };
}
