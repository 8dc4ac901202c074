import { globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { cacheFolder } from '../system/tools/cache.ts';
import { findOnPath } from '../system/tools/on-path.ts';
import { pythonIn, readToml, type Manager } from './manager.ts';

/** A dependency by path has a source of the type "directory"; a Poetry before 2.0 writes no groups. */
const lockSchema = z.object({ package: z.array(z.object({
  name: z.string(),
  version: z.string(),
  groups: z.array(z.string()).optional(),
  source: z.object({ type: z.string().optional() }).optional(),
})).default([]) });

/** Poetry: poetry.lock, and an environment in the project or where Poetry says. */
export const poetry = {
  id: 'poetry',
  title: 'Poetry',
  interpreter: async ({ directory }) => pythonIn(join(directory, '.venv')) ?? pythonIn(await elsewhere(directory)),
  lock: [{
    name: /^poetry\.lock$/,
    read: (text) => readToml(text, lockSchema).package.map(
      ({ name, version, groups, source }) => ({ name, groups, version: source?.type === 'directory' ? undefined : version }),
    ),
  }],
  install: () => ({
    install: 'poetry install',
    sync: 'poetry install --sync',
    production: 'poetry install --only main',
    lock: 'poetry lock',
    build: 'poetry run pyinstaller --clean',
    addFreezer: 'poetry add --group build pyinstaller, and poetry install --with build',
  }),
  runner: () => program()?.concat('run'),
} as const satisfies Manager;

async function elsewhere(directory: string): Promise<string> {
  const [file = 'poetry', ...args] = program() ?? [];
  const asked = await execa(file, [...args, 'env', 'info', '--path'], { cwd: directory, timeout: 60_000, reject: false, stdin: 'ignore' });
  return resolve(directory, asked.stdout?.trim() || '.venv');
}

/** From the PATH, else the one that the reference's build keeps in the cache. */
function program(): string[] | undefined {
  const onPath = findOnPath('poetry');
  if (onPath !== undefined) return [onPath];
  const [own] = globSync(join(cacheFolder(), 'poetry-*', 'bin', 'python'));
  return own === undefined ? undefined : [own, '-m', 'poetry'];
}
