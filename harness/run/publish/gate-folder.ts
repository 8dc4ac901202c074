import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gateRenderings } from '../../gate/renderings.ts';
import { InfrastructureError, messageOf } from '../../model/errors.ts';
import type { Gate } from '../../model/gate.ts';
import { OwnFolder } from './folder.ts';

const folderOf = (reportDir: string) => new OwnFolder(reportDir, 'gate', gateRenderings.map(({ file }) => file));

/** Where the decision goes. */
export function gateFolder(reportDir: string): string {
  return folderOf(reportDir).target;
}

/**
 * Removes the decision of an earlier run, so that an old pass is never taken for a new one. Throws `UsageError` when the folder cannot
 * be written, or holds anything that the gate did not write.
 */
export async function removeEarlier(reportDir: string): Promise<void> {
  await folderOf(reportDir).make();
  await forgetEarlier(reportDir);
}

/** The same where the folder need not be there: for a command line that cannot be understood. */
export async function forgetEarlier(reportDir: string): Promise<void> {
  await folderOf(reportDir).clear();
}

/**
 * Writes every rendering into a hidden folder and moves it into place in one step. Throws `InfrastructureError` when the disk does not
 * take it (nothing is left then), `UsageError` when something foreign stands in the way.
 */
export async function publish(gate: Gate, reportDir: string): Promise<void> {
  const folder = folderOf(reportDir);
  try {
    await folder.make(folder.staging);
    for (const { file, render } of gateRenderings) {
      const text = render(gate);
      if (text !== undefined) await writeFile(join(folder.staging, file), text).catch((cause: unknown) => {
        throw new InfrastructureError(`The decision could not be written to ${folder.target} (${messageOf(cause)}). Make room there, or ` +
          'choose another --report-dir.', { cause });
      });
    }
    await folder.moveIntoPlace();
  } finally {
    await rm(folder.staging, { recursive: true, force: true });
  }
}
