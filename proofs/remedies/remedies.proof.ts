import { join } from 'node:path';
import { beforeAll, describe, expect } from 'vitest';
import type { Report } from '../../harness/model/report.ts';
import { asked, chosenRows } from '../support/asked.ts';
import { build, root } from '../support/command.ts';
import { test } from '../support/proof.ts';
import { verify } from '../support/verification.ts';
import { table, type Row } from './table.ts';

// Proves the remedies: each sabotaged executable is verified with --prove-remedy by the real harness, and what the finding says to do
// must mend it when it is done to a copy of the project.

const { sample, rows: named } = asked();
const rows = chosenRows(table, (row) => row.variant).filter((row) => !sample || named.length > 0 || row.sample === true);
const project = join(root, 'fixtures/small-worker');
const limitMs = 2_400_000;

/** What is wrong with the proofs of a report; empty when the remedy of the row's hazard is proved. */
function deviations({ hazard }: Row, { findings, verdict }: Report): string[] {
  const found = findings.filter((finding) => finding.hazard === hazard && finding.explains.length > 0);
  if (found.length === 0) return [`no finding names ${hazard}: ${verdict.sentence}`];
  return found.flatMap(({ args, proof }) => (proof?.outcome === 'proved' ? [] : [`${hazard} ${JSON.stringify(args)}: ` +
    (proof === undefined ? 'not to be tried' : `${proof.outcome}: ${proof.sentence}`)]));
}

describe('remedies', () => {
  beforeAll(async () => await build('small-worker', AbortSignal.timeout(limitMs), ...rows.map((row) => row.variant)), limitMs);

  test.for(rows)('$variant: $hazard', { timeout: limitMs }, async (row, { folder, signal }) => {
    const { report, told } = await verify([
      '--binary', join(project, 'dist', row.variant), '--baseline', project, '--report-dir', folder, '--profile', 'quick', '--prove-remedy',
      ...row.only.flatMap((area) => ['--only', area]),
    ], limitMs, signal);
    expect(deviations(row, report), told).toEqual([]);
  });
});
