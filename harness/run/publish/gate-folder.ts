import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gateRenderings } from '../../gate/renderings.ts';
import { InfrastructureError, messageOf } from '../../model/errors.ts';
import type { Gate } from '../../model/gate.ts';
import { ownFolder } from './folder.ts';

/** The folder of the decision. */
export function gateFolder(reportDir: string) {
  return ownFolder(reportDir, 'gate', gateRenderings.map(({ file }) => file));
}

/** Writes all, in one step. @throws {InfrastructureError} when the disk does not take it, {UsageError} for something foreign in the way. */
export async function publish(gate: Gate, folder: ReturnType<typeof gateFolder>): Promise<void> {
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
