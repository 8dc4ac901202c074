import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { environment, type Place } from './place.ts';

/** What the installed command did. */
export type Ran = { readonly code: number | undefined; readonly stdout: string; readonly stderr: string };

/** Runs the installed command in the project's folder, with the `node` of that folder. */
export function runInstalled({ project, temporary }: Place, node: string, args: readonly string[], signal: AbortSignal): Promise<Ran> {
  return run(join(project, 'node_modules/.bin/frostgate'), args, project, environment(node, { TMPDIR: temporary }), signal);
}

/** Runs the installed command through npx, in a folder of the project. */
export function runThroughNpx({ project, node24 }: Place, folder: string, args: readonly string[], signal: AbortSignal): Promise<Ran> {
  return run('npx', ['--no-install', 'frostgate', ...args], join(project, folder), environment(node24), signal);
}

async function run(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Ran> {
  const { exitCode, stdout, stderr } = await execa(
    program, args, { cwd, extendEnv: false, env, reject: false, stdin: 'ignore', timeout: 600_000, cancelSignal: signal },
  );
  return { code: exitCode, stdout, stderr };
}

/** Every file of the project with its size and time of change, but for the reports, which are what is asked for. */
export async function listing({ project }: Place): Promise<string[]> {
  const entries = await readdir(project, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const kept = files.filter((file) => !file.startsWith(join(project, 'reports')));
  const described = kept.map(async (file) => {
    const { size, mtimeMs } = await stat(file);
    return `${file.slice(project.length + 1)} ${size} ${mtimeMs}`;
  });
  return (await Promise.all(described)).toSorted();
}
