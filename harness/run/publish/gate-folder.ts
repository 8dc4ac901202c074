import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InfrastructureError, messageOf } from '../../model/errors.ts';
import { makeFolder, moveIntoPlace, refuseForeign, removeAside } from './folder.ts';
import type { Gate } from '../../model/gate.ts';
import { gateRenderings } from '../../gate/renderings.ts';

const ownNames: ReadonlySet<string> = new Set(gateRenderings.map(({ file }) => file));

/** Where the decision goes. */
export function gateFolder(reportDir: string): string {
  return join(reportDir, 'gate');
}

/**
 * Removes the decision of an earlier run, so that an old pass is never taken for a new one. Throws `UsageError` when the folder cannot
 * be written, or holds anything that the gate did not write.
 */
export async function removeEarlier(reportDir: string): Promise<void> {
  await makeFolder(reportDir);
  await forgetEarlier(reportDir);
}

/** The same where the folder need not be there: for a command line that cannot be understood. */
export async function forgetEarlier(reportDir: string): Promise<void> {
  await refuseForeign(gateFolder(reportDir), ownNames);
  await removeAside(gateFolder(reportDir), hidden(reportDir, 'old'));
}

/**
 * Writes every rendering into a hidden folder and moves it into place in one step. Throws `InfrastructureError` when the disk does not
 * take it (nothing is left then), `UsageError` when something foreign stands in the way.
 */
export async function publish(gate: Gate, reportDir: string): Promise<void> {
  const staging = hidden(reportDir, 'partial');
  try {
    await makeFolder(staging, reportDir);
    for (const { file, render } of gateRenderings) {
      const text = render(gate);
      if (text !== undefined) await writeDown(join(staging, file), text, reportDir);
    }
    await moveIntoPlace(staging, gateFolder(reportDir), () => hidden(reportDir, 'old'), ownNames);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function writeDown(file: string, text: string, reportDir: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (cause) {
    throw new InfrastructureError(`The decision could not be written to ${gateFolder(reportDir)} (${messageOf(cause)}). Make room ` +
      'there, or choose another --report-dir.', { cause });
  }
}

function hidden(reportDir: string, kind: 'partial' | 'old'): string {
  return join(reportDir, `.gate.${randomUUID().slice(0, 8)}.${kind}`);
}
