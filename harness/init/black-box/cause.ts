import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contractName } from '../../contract/find.ts';
import { otherRun } from '../../run/other-run.ts';
import { findingText } from '../finding-text.ts';

/** What most workers know; that is enough to be started, and to say why that fails. */
const least = `worker: unknown
temporal: { address: TEMPORAL_ADDRESS, namespace: TEMPORAL_NAMESPACE, taskQueue: TEMPORAL_TASK_QUEUE }
registers: { workflows: [Unknown] }
`;

/** Why an executable does not start, and what repairs that, as a verification tells it; empty where it knows no cause. */
export async function causeOf(binary: string, signal: AbortSignal): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'frostgate-cause-'));
  try {
    const file = join(folder, contractName);
    writeFileSync(file, least);
    const report = await otherRun([`--binary=${binary}`, `--contract=${file}`, '--profile=quick', '--only=startup.ready'], signal);
    return report.findings.map((finding) => `\n${findingText(finding).trimEnd()}`).join('');
  } catch {
    return ''; // what went wrong is told already
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
