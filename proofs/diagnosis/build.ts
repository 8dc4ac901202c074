import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { run } from '../support/command.ts';
import { faultsFolder, type Build, type Fault } from './fault.ts';
import { writeProject } from './project.ts';

const always = ['temporalio', 'pyinstaller', 'pyinstaller-hooks-contrib'];
/** The version of everything that a fault may need: `uv pip compile` made it. */
const constraints = join(faultsFolder, 'constraints.txt');
const limitMs = 1_200_000;

/** A project of a fault as it lies on the disk: its folder, and its executable. */
export type Built = { readonly project: string; readonly binary: string };

/** Runs a program to its end. @throws {Error} with its last lines where it fails. */
async function must(program: string, args: readonly string[], cwd: string, signal: AbortSignal, env = process.env): Promise<string> {
  const { code, stdout, told } = await run(program, args, { cwd, env, timeoutMs: limitMs, signal });
  if (code !== 0) throw new Error(told);
  return stdout;
}

/** Python and uv. */
async function toolsOf(signal: AbortSignal): Promise<readonly [string, string]> {
  const [python = '', uv = ''] = (await must('bash', [join(faultsFolder, 'tools.sh')], faultsFolder, signal)).trim().split('\n');
  return [python, uv];
}

/** The environment, and the executable by the project's own spec file; nothing is done where neither has changed. */
async function frozen(fault: Fault, variant: 'faulty' | 'right', signal: AbortSignal): Promise<Built> {
  const project = join(faultsFolder, 'build', fault.name, variant);
  mkdirSync(project, { recursive: true });
  const build: Build = fault[variant];
  const base = globSync('base/**/*', { cwd: faultsFolder, withFileTypes: true }).filter((entry) => entry.isFile()).map(
    ({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'),
  ).toSorted();
  const given = [fault, build, always, base, readFileSync(constraints, 'utf8')];
  const stamp = createHash('sha256').update(JSON.stringify(given)).digest('hex');
  const [stampFile, binary] = [join(project, '.stamp'), join(project, 'dist/worker')];
  if (existsSync(binary) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return { project, binary };
  const [python, uv] = await toolsOf(signal);
  writeProject(project, fault, build);
  const env = { ...process.env, VIRTUAL_ENV: join(project, '.venv'), PYTHONHASHSEED: '0', PYINSTALLER_ZLIB_COMPRESSION_LEVEL: '1',
    PYINSTALLER_CONFIG_DIR: join(project, 'build/config') };
  await must(uv, ['venv', '--quiet', '--clear', '--python', python, '.venv'], project, signal, env);
  await must(uv, ['pip', 'install', '--quiet', '--constraints', constraints, ...always, ...fault.needs], project, signal, env);
  await must(join(project, '.venv/bin/python'), ['-m', 'PyInstaller', '--noconfirm', '--clean', 'worker.spec'], project, signal, env);
  writeFileSync(stampFile, stamp);
  return { project, binary };
}

/** Both builds of a fault: the one that has it, and the right one. */
export async function builtBoth(fault: Fault, signal: AbortSignal): Promise<{ readonly faulty: Built; readonly right: Built }> {
  return { faulty: await frozen(fault, 'faulty', signal), right: await frozen(fault, 'right', signal) };
}
