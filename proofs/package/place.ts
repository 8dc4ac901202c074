import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { environment, root } from '../support/command.ts';

const packed = z.tuple([z.object({ filename: z.string(), size: z.number(), files: z.array(z.object({ path: z.string() })) })]);

/** Another project, with nothing in it but the installed package and a contract, and what to run it with. */
export type Place = {
  readonly project: string;
  /** The TMPDIR of everything that is run there. */
  readonly temporary: string;
  readonly tarballBytes: number;
  /** Every file of the tarball, relative to its root. */
  readonly files: readonly string[];
  /** The folders of the executables `node`. */
  readonly node24: string;
  readonly node22: string;
};

/** The reference's contract, with time for a machine that does other things too: what is tried here is the package. */
async function patientContract(): Promise<string> {
  const document = parseDocument(await readFile(join(root, 'fixtures/agent-runner/worker-contract.yaml'), 'utf8'));
  document.setIn(['budgets', 'versionSeconds'], 15);
  document.setIn(['budgets', 'readySeconds'], 30);
  return String(document);
}

/** Packs the package as a release does, and installs it in an empty folder; takes a minute when npm's cache is empty. */
export async function preparePlace(folder: string): Promise<Place> {
  const node24 = dirname(process.execPath);
  const npm = async (cwd: string, ...args: string[]): Promise<string> => {
    const { stdout } = await execa(
      'npm', args, { cwd, extendEnv: false, env: environment(node24), stdin: 'ignore', timeout: 300_000 },
    );
    return stdout;
  };
  const project = join(folder, 'project');
  const nodes = join(folder, 'nodes');
  const temporary = join(folder, 'tmp');
  for (const path of [project, nodes, temporary]) await mkdir(path);
  // The package `node` fetches its executable in an install script.
  await writeFile(join(nodes, 'package.json'), JSON.stringify({ private: true, allowScripts: { node: true } }));
  await npm(project, 'init', '-y');
  await writeFile(join(project, 'worker-contract.yaml'), await patientContract());
  const [{ filename, size, files }] = packed.parse(JSON.parse(await npm(root, 'pack', '--json', '--pack-destination', folder)));
  const quietly = ['--prefer-offline', '--no-audit', '--no-fund'];
  await Promise.all([npm(project, 'install', ...quietly, join(folder, filename)), npm(nodes, 'install', ...quietly, 'node@22')]);
  return {
    project, temporary, tarballBytes: size, files: files.map(({ path }) => path), node24, node22: join(nodes, 'node_modules/node/bin'),
  };
}
