import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/** The one name a contract has unless it is given by `--contract`. */
export const contractName = 'worker-contract.yaml';

/** The contract's file, or undefined when there is none in any of the places, which are absolute paths. */
export function findContract({ contract, baseline, binary }: {
  readonly contract?: string | undefined; // taken as it is, whether it exists or not
  readonly baseline?: string | undefined; // the folder that holds its pyproject.toml
  readonly binary?: string | undefined; // its folder and the two above it are searched, also where a symbolic link leads
}): string | undefined {
  if (contract !== undefined) return contract;
  const folders = [...(baseline === undefined ? [] : [baseline]), ...(binary === undefined ? [] : foldersOf(binary))];
  return folders.map((folder) => join(folder, contractName)).find((file) => existsSync(file));
}

function foldersOf(binary: string): readonly string[] {
  const files = existsSync(binary) ? [binary, realpathSync(binary)] : [binary];
  return files.flatMap((file) => [join(file, '..'), join(file, '../..'), join(file, '../../..')]);
}
