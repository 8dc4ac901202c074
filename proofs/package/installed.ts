import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { environment, run, type Ran } from '../support/command.ts';
import type { Place } from './place.ts';

const timeoutMs = 600_000;

/** Runs the installed command in the project's folder, with the `node` of that folder. */
export async function runInstalled(
  { project, temporary }: Place, node: string, args: readonly string[], signal: AbortSignal,
): Promise<Ran> {
  const env = environment(node, { TMPDIR: temporary });
  return await run(join(project, 'node_modules/.bin/frostgate'), args, { cwd: project, env, timeoutMs, signal });
}

/** Runs the installed command through npx, in a folder of the project. */
export async function runThroughNpx(
  { project, node24 }: Place, folder: string, args: readonly string[], signal: AbortSignal,
): Promise<Ran> {
  return await run('npx', ['--no-install', 'frostgate', ...args], {
    cwd: join(project, folder), env: environment(node24), timeoutMs, signal,
  });
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
