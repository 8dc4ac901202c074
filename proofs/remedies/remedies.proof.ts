import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect } from 'vitest';
import type { Report } from '../../harness/model/report.ts';
import { asked, chosenRows } from '../support/asked.ts';
import { build, root } from '../support/command.ts';
import { test } from '../support/proof.ts';
import { verify } from '../support/verification.ts';
import { table, type Row } from './table.ts';

// Proves the remedies: each sabotaged executable is verified with --prove-remedy by the real harness, and what the finding says to do
// must mend it when it is done to a copy of the project; of some also as the patch that is left beside the report.

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

/** Applies what a proof left to a copy of the sources, as somebody does in the project, and builds them. */
async function rebuilt({ variant }: Row, patch: string, copy: string): Promise<string> {
  await cp(project, copy, { recursive: true, filter: (path) => !/[\\/](?:dist|build|\.venv|__pycache__)$/.test(path) });
  const env = { GIT_CEILING_DIRECTORIES: join(copy, '..') };
  await execa('git', ['apply', patch], { cwd: copy, env });
  await execa(join(project, '.venv/bin/python'), ['-m', 'PyInstaller', '--noconfirm', `${variant}.spec`], { cwd: copy });
  return join(copy, 'dist', variant);
}

describe('remedies', () => {
  beforeAll(async () => await build('small-worker', AbortSignal.timeout(limitMs), ...rows.map((row) => row.variant)), limitMs);

  test.for(rows)('$variant: $hazard', { timeout: limitMs }, async (row, { folder, signal }) => {
    const { report, told } = await verify([
      '--binary', join(project, 'dist', row.variant), '--baseline', project, '--report-dir', folder, '--profile', 'quick', '--prove-remedy',
      ...row.only.flatMap((area) => ['--only', area]),
    ], limitMs, signal);
    expect(deviations(row, report), told).toEqual([]);
    if (row.sample !== true) return;
    const repaired = await rebuilt(row, join(folder, report.platform.id, report.repaired?.patch ?? 'no patch'), join(folder, 'patched'));
    const again = await verify([
      '--binary', repaired, '--baseline', project, '--report-dir', join(folder, 'again'), '--profile', 'quick',
      ...row.only.flatMap((area) => ['--only', area]),
    ], limitMs, signal);
    expect(again.report.checks.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id), again.told).toEqual([]);
  });
});
