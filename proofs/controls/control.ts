import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { root } from '../support/command.ts';
import { verify, type Verified } from '../support/verification.ts';
import type { Expectation } from './expectations.ts';

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

/** The areas that a row runs; none means all. */
export function areasOf({ only, red }: Expectation): readonly string[] {
  return only ?? [...new Set(Object.keys(red).map((id) => id.split('.')[0] ?? id))];
}

/** Whether the machine must do nothing else meanwhile. */
export function isMeasured(row: Expectation): boolean {
  return areasOf(row).length === 0 || areasOf(row).includes('performance');
}

/** Verifies a row's executable with the real harness. */
export async function verifyRow(row: Expectation, folder: string, whole: boolean, signal: AbortSignal): Promise<Verified> {
  const baseline = row.project === undefined ? [] : ['--baseline', join(root, 'fixtures', row.project)];
  const areas = whole ? [] : areasOf(row);
  return await verify([
    '--binary', join(root, 'fixtures', row.project ?? 'sabotaged', 'dist', row.variant), ...baseline,
    '--contract', await writeContract(folder, row.project ?? 'agent-runner', row.contract),
    '--report-dir', await mkdtemp(join(folder, 'reports-')), '--profile', 'quick', ...areas.flatMap((area) => ['--only', area]),
  ], 600_000, signal);
}
