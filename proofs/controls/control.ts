import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { checkedAreas } from '../../harness/contract/catalogue.ts';
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

/**
 * The areas that a row runs; none means all. What has no defect runs all of them; in a sample all but the measuring one, which the
 * verification of the reference has just shown to be green.
 */
export function areasOf({ only, red }: Expectation, sample: boolean): readonly string[] {
  const ofRed = [...new Set(Object.keys(red).map((id) => id.split('.')[0] ?? id))];
  return only ?? (sample && ofRed.length === 0 ? checkedAreas.filter((area) => area !== 'performance') : ofRed);
}

/** Whether the machine must do nothing else meanwhile. */
export function isMeasured(chosen: readonly string[]): boolean {
  return chosen.length === 0 || chosen.includes('performance');
}

/** Verifies a row's executable with the real harness in these areas. */
export async function verifyRow(
  row: Expectation, chosen: readonly string[], folder: string, signal: AbortSignal,
): Promise<Verified> {
  const baseline = row.project === undefined ? [] : ['--baseline', join(root, 'fixtures', row.project)];
  return await verify([
    '--binary', join(root, 'fixtures', row.project ?? 'sabotaged', 'dist', row.variant), ...baseline,
    '--contract', await writeContract(folder, row.project ?? 'agent-runner', row.contract),
    '--report-dir', await mkdtemp(join(folder, 'reports-')), '--profile', 'quick', ...chosen.flatMap((area) => ['--only', area]),
  ], 600_000, signal);
}
