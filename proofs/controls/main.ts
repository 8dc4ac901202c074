import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { parseDocument } from 'yaml';
import { Signals } from '../../harness/cli/signals.ts';
import { reportSchema, type Report } from '../../harness/model/report.ts';
import { deviations } from './compare.ts';
import { bundleExpectations } from './bundle-expectations.ts';
import { expectations, type Expectation } from './expectations.ts';

// Negative controls: proves that every check can fail. Each sabotaged executable is verified by the real harness, and
// its report must be red in exactly the checks that the sabotage breaks, for the stated reason.

const root = fileURLToPath(new URL('../../', import.meta.url));
const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** More at a time would make the launches of one disturb the deadlines of the other. */
const atOnce = 2;

/** The project's contract with the row's changes. The reference's loses its baseline, whose comparison its rows do not need. */
async function writeContract(folder: string, project: string, changes: Expectation['contract'] = {}): Promise<string> {
  const document = parseDocument(await readFile(join(root, 'fixtures', project, 'worker-contract.yaml'), 'utf8'));
  if (project === 'agent-runner') document.delete('source');
  // Two controls share the machine: what is slow because of that says nothing about a sabotage.
  document.setIn(['budgets', 'versionSeconds'], 15);
  for (const [path, value] of Object.entries(changes)) document.setIn(path.split('.'), value);
  const file = join(await mkdtemp(join(folder, 'contract-')), 'worker-contract.yaml');
  await writeFile(file, String(document));
  return file;
}

async function verify(row: Expectation, folder: string): Promise<Report> {
  const project = row.project ?? 'agent-runner';
  const contract = await writeContract(folder, project, row.contract);
  const reports = await mkdtemp(join(folder, 'reports-'));
  const binary = join(root, 'fixtures', row.project ?? 'sabotaged', 'dist', row.variant);
  const baseline = row.project === undefined ? [] : ['--baseline', join(root, 'fixtures', row.project)];
  const options = [
    '--binary', binary, ...baseline, '--contract', contract, '--report-dir', reports, '--profile', 'quick', '--json', '--quiet',
  ];
  const areas = whole ? [] : areasOf(row);
  const { stdout, stderr } = await execa(process.execPath, [
    join(root, 'harness/main.ts'), ...options, ...areas.flatMap((area) => ['--only', area]),
  ], {
    timeout: 600_000,
    cancelSignal: signals.aborted,
    reject: false,
    stdin: 'ignore',
  });
  if (!stdout) throw new Error(`no report: ${stderr.slice(-500)}`);
  return reportSchema.parse(JSON.parse(stdout));
}

/** The areas that a row runs; none means all. */
function areasOf({ only, red }: Expectation): readonly string[] {
  return only ?? [...new Set(Object.keys(red).map((id) => id.split('.')[0] ?? id))];
}

using signals = new Signals();
const whole = process.argv.includes('--whole');
const chosen = process.argv.slice(2).filter((word) => word !== '--whole');
const rows = [...expectations, ...bundleExpectations].filter((row) => chosen.length === 0 || chosen.includes(row.variant));
if (rows.length === 0 || chosen.some((name) => !rows.some((row) => row.variant === name))) throw new Error('no such control; there are ' +
  [...expectations, ...bundleExpectations].map((row) => row.variant).join(', '));
for (const name of new Set(rows.map(({ project }) => project ?? 'sabotaged'))) {
  await execa('bash', [join(root, 'fixtures', name, 'build.sh')], { stdout: 'ignore', stderr: 'inherit', stdin: 'ignore' });
}
const folder = await mkdtemp(join(tmpdir(), 'frostgate-controls-'));
const failures: string[] = [];
try {
  const queue = [...rows];
  const work = async (): Promise<void> => {
    for (let row = queue.shift(); row && !signals.aborted.aborted; row = queue.shift()) {
      const startMs = performance.now();
      const expected = row;
      const found = await verify(row, folder).then((report) => deviations(expected, report), (error: unknown) => [String(error)]);
      const seconds = ((performance.now() - startMs) / 1000).toFixed(0);
      say(`${found.length === 0 ? 'ok  ' : 'FAIL'} ${row.variant.padEnd(20)} ${seconds} s  ${Object.keys(row.red).join(' ') || 'green'}`);
      for (const deviation of found) say(`       ${deviation}`);
      if (found.length > 0) failures.push(row.variant);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.stdout.write(`controls: ${rows.length - failures.length} passed, ${failures.length} failed\n`);
process.exitCode = signals.exitCode ?? (failures.length > 0 ? 1 : 0);
