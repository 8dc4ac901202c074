import { existsSync } from 'node:fs';
import { copyFile, link, mkdir, mkdtemp, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { isPair, isScalar, parseDocument, visit } from 'yaml';
import { cacheFolder } from '../../harness/system/tools/cache.ts';
import { findCli } from '../../harness/temporal/cli.ts';
import { root } from '../support/command.ts';
import type { Expectation } from './expectation.ts';

/**
 * Everything of one row: the executable, or the folder that it is, alone in a folder, and folders that are as empty before as they must
 * be afterwards.
 */
export type Place = {
  readonly binary: string;
  readonly previous: string | undefined;
  readonly contract: string;
  readonly reports: string;
  /** What must stay as it is: the folder for temporary files, the home, the executable's folder. */
  readonly untouched: readonly string[];
  /** The Temporal CLI whose server refuses calls, where the row asks for one. */
  readonly cli: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** Makes the place of a row below a folder of the proof's. What is cached for all, and a token that vitest keeps, stay where they are. */
export async function makePlace(row: Expectation, folder: string, signal: AbortSignal): Promise<Place> {
  const own = join(await mkdtemp(join(folder, 'row-')), row.folder ?? 'row');
  const folders = {
    tmp: join(own, 'tmp'), home: join(own, 'home'), bin: join(own, 'bin'), last: join(own, 'last'), reports: join(own, 'reports'),
    tools: join(own, 'tools'),
  };
  for (const each of Object.values(folders)) await mkdir(each, { recursive: true });
  const project = join(root, 'fixtures', row.project ?? 'agent-runner');
  const binary = join(folders.bin, row.variant);
  await linkAll(join(root, 'fixtures', row.project ?? 'sabotaged', 'dist', row.variant), binary);
  const previous = row.previous && join(folders.last, row.previous);
  if (row.previous !== undefined && previous !== undefined) await linkAll(join(project, 'dist', row.previous), previous);
  for (const [name, script] of Object.entries(row.tools ?? {})) {
    await writeFile(join(folders.tools, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  const path = row.tools === undefined ? process.env['PATH'] : [folders.tools, process.env['PATH']].join(delimiter);
  const compiled = process.env['NODE_COMPILE_CACHE'] ?? join(root, 'node_modules/.compile-cache');
  return {
    binary, previous, contract: await writeContract(own, project, row), reports: folders.reports,
    untouched: [folders.tmp, folders.home, folders.bin, folders.last],
    cli: row.refuses && await refusingCli(folders.tools, row.refuses, signal),
    env: {
      ...process.env, HOME: folders.home, TMPDIR: folders.tmp, PATH: path, NODE_COMPILE_CACHE: compiled,
      XDG_CACHE_HOME: dirname(cacheFolder()), XDG_DATA_HOME: process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local/share'),
    },
  };
}

/** A file, or a folder and all files in it. */
async function linkAll(from: string, to: string): Promise<void> {
  if (!(await stat(from)).isDirectory()) return await linkOrCopy(from, to);
  await mkdir(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (entry.isSymbolicLink()) await symlink(await readlink(join(from, entry.name)), join(to, entry.name));
    else await linkAll(join(from, entry.name), join(to, entry.name));
  }
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch(async () => await copyFile(from, to));
}

/** The project's contract with the row's changes. The reference's loses its baseline where the row does not compare with it. */
async function writeContract(folder: string, project: string, { project: own, baseline, contract = {} }: Expectation): Promise<string> {
  const document = parseDocument(await readFile(join(project, 'worker-contract.yaml'), 'utf8'));
  if (own === undefined && baseline === undefined) document.delete('source');
  // Two controls share the machine: what is slow because of that says nothing about a sabotage.
  document.setIn(['budgets', 'versionSeconds'], 15);
  for (const [path, value] of Object.entries(contract)) {
    if (value === undefined) document.deleteIn(path.split('.'));
    else document.setIn(path.split('.'), value);
  }
  // The project's own programs lie where the project is, and the contract does not.
  visit(document, { Scalar: (_, { value }, [...path]) => {
    const isOfCommand = path.some((node) => isPair(node) && isScalar(node.key) && node.key.value === 'command');
    const there = join(project, String(value));
    return isOfCommand && existsSync(there) ? document.createNode(there) : undefined;
  } });
  const file = join(folder, 'worker-contract.yaml');
  await writeFile(file, String(document));
  return file;
}

/** A Temporal CLI whose server refuses these calls; see fixtures/refusing-server. */
async function refusingCli(folder: string, calls: readonly string[], signal: AbortSignal): Promise<string> {
  const { file } = await findCli({ given: undefined, signal, say: () => {} });
  await symlink(file, join(folder, 'temporal'));
  const cli = join(folder, `refuses-${calls.join('+')}`);
  await linkOrCopy(join(root, 'fixtures/refusing-server/dist/refusing-server'), cli);
  return cli;
}
