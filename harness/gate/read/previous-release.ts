import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { loadContract, type LoadedContract } from '../../contract/load.ts';
import { UsageError } from '../../model/errors.ts';
import { shown } from '../shown.ts';
import { readLastReports, type LastReport } from './last-reports.ts';
import type { Place } from './read-reports.ts';
import { refusalOf } from './regular-file.ts';

/** What the last release promised, and what it was. */
export type PreviousRelease = {
  /** As the user would write it. */
  readonly folder: string;
  readonly contracts: readonly LoadedContract[];
  /** Of each platform one; none where only the contract was kept. */
  readonly reports: readonly LastReport[];
  /** Why something of it cannot be read, one sentence without a full stop each. */
  readonly unread: readonly string[];
};

const contractName = 'worker-contract.yaml';

/**
 * Reads the contracts that lie in the folder of a release, or in a folder in it (of several workers each has its own), and its reports.
 * What cannot be read is kept to be judged.
 */
export async function readPreviousRelease(path: string, { shownPath }: Pick<Place, 'shownPath'>): Promise<PreviousRelease> {
  const folder = shown(shownPath(path));
  const none = { folder, contracts: [], reports: [] };
  try {
    const files = await contractsIn(path);
    if (files.length === 0) return { ...none, unread: [`${folder} holds no ${contractName}, neither itself nor in a folder in it`] };
    const loaded = await Promise.allSettled(files.map((file) => loadContract(file)));
    const reports = await readLastReports(path, { shownPath });
    return {
      folder,
      contracts: loaded.flatMap((one) => (one.status === 'fulfilled' ? [{ ...one.value, file: shown(shownPath(one.value.file)) }] : [])),
      reports: reports.filter((one) => typeof one !== 'string'),
      unread: [
        ...loaded.flatMap((one) => (one.status === 'rejected' ? [whyOf(one.reason)] : [])),
        ...reports.filter((one) => typeof one === 'string'),
      ],
    };
  } catch (error) {
    return { ...none, unread: [`${folder} cannot be read: ${refusalOf(error).why}`] };
  }
}

async function contractsIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name));
  const below = await Promise.all(folders.map(async (folder) => (await readdir(folder)).map((name) => join(folder, name))));
  return [...entries.map(({ name }) => join(path, name)), ...below.flat()].filter((file) => basename(file) === contractName).toSorted();
}

/** The first problem of a contract says enough of one that was verified with once. */
function whyOf(error: unknown): string {
  if (!(error instanceof UsageError)) throw error;
  return shown(error.message.split('\n')[0] ?? '', 400);
}
