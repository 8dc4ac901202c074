import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { findBaseline, type Baseline } from '../baseline.ts';
import { venv } from '../venv.ts';

const project = fileURLToPath(new URL('../../../fixtures/agent-runner/', import.meta.url));

/** The reference worker's project. Throws, with what to do, when it has no environment. */
export async function referenceBaseline(): Promise<Baseline> {
  if (!existsSync(join(project, '.venv'))) throw new Error('fixtures/agent-runner/.venv is missing; make it with: ' +
    'fixtures/agent-runner/build.sh install');
  return await findBaseline(project, 'main.py');
}

/** A folder as the baseline of a Python, of the PATH's python3 when none is named. */
export function plainBaseline(directory: string, python = 'python3'): Baseline {
  const plain = { directory, entry: 'main.py' };
  const commands = venv.install(plain, undefined);
  return { ...plain, python, pythonVersion: '', sdkVersion: undefined, manager: { id: 'venv', commands, runCommand: undefined } };
}

/** Makes an environment without pip in a folder, and gives its interpreter and its site-packages. */
export async function makeEnvironment(folder: string): Promise<{ python: string; sitePackages: string }> {
  await execa('python3', ['-m', 'venv', '--without-pip', folder], { stdin: 'ignore' });
  const python = process.platform === 'win32' ? join(folder, 'Scripts/python.exe') : join(folder, 'bin/python');
  const { stdout } = await execa(python, ['-c', 'import sysconfig; print(sysconfig.get_paths()["purelib"])'], { stdin: 'ignore' });
  return { python, sitePackages: stdout };
}
