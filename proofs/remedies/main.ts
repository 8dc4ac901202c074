import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { Signals } from '../../harness/cli/signals.ts';
import { reportSchema, type Report } from '../../harness/model/report.ts';
import { table, type Row } from './table.ts';

// Proves the remedies: each sabotaged executable is verified with --prove-remedy by the real harness, and what the finding
// says to do must mend it when it is done to a copy of the project.

const project = fileURLToPath(new URL('../../fixtures/small-worker/', import.meta.url));
const main = fileURLToPath(new URL('../../harness/main.ts', import.meta.url));
const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function verify({ variant, only }: Row, folder: string): Promise<Report> {
  const reports = await mkdtemp(join(folder, 'reports-'));
  const options = [
    '--binary', join(project, 'dist', variant), '--baseline', project, '--report-dir', reports, '--profile', 'quick', '--prove-remedy',
    '--json', '--quiet',
  ];
  const { stdout, stderr } = await execa(process.execPath, [main, ...options, ...only.flatMap((area) => ['--only', area])], {
    timeout: 2_400_000,
    cancelSignal: signals.aborted,
    reject: false,
    stdin: 'ignore',
  });
  if (!stdout) throw new Error(`no report: ${stderr.slice(-500)}`);
  return reportSchema.parse(JSON.parse(stdout));
}

/** What is wrong with the proofs of a report; empty when the remedy of the row's hazard is proved. */
function deviations({ hazard }: Row, { findings, verdict }: Report): string[] {
  const found = findings.filter((finding) => finding.hazard === hazard && finding.explains.length > 0);
  if (found.length === 0) return [`no finding names ${hazard}: ${verdict.sentence}`];
  return found.flatMap(({ args, proof }) => (proof?.outcome === 'proved' ? [] : [`${hazard} ${JSON.stringify(args)}: ` +
    (proof === undefined ? 'not to be tried' : `${proof.outcome}: ${proof.sentence}`)]));
}

using signals = new Signals();
const chosen = process.argv.slice(2);
const rows = table.filter((row) => chosen.length === 0 || chosen.includes(row.variant));
if (chosen.some((name) => !rows.some((row) => row.variant === name))) throw new Error('no such row; there are ' +
  table.map((row) => row.variant).join(', '));
await execa(
  'bash', [join(project, 'build.sh'), ...rows.map((row) => row.variant)], { stdout: 'ignore', stderr: 'inherit', stdin: 'ignore' },
);
const folder = await mkdtemp(join(tmpdir(), 'frostgate-remedies-'));
const failures: string[] = [];
try {
  for (const row of rows) {
    if (signals.aborted.aborted) break;
    const startMs = performance.now();
    const found = await verify(row, folder).then((report) => deviations(row, report), (error: unknown) => [String(error)]);
    const seconds = ((performance.now() - startMs) / 1000).toFixed(0);
    say(`${found.length === 0 ? 'ok  ' : 'FAIL'} ${row.variant.padEnd(20)} ${seconds} s  ${row.hazard}`);
    for (const deviation of found) say(`       ${deviation}`);
    if (found.length > 0) failures.push(row.variant);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.stdout.write(`remedies: ${rows.length - failures.length} passed, ${failures.length} failed\n`);
process.exitCode = signals.exitCode ?? (failures.length > 0 ? 1 : 0);
