import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../model/errors.ts';
import { readToml, type Manager } from './manager.ts';
import { poetry } from './poetry.ts';
import { uv } from './uv.ts';
import { venv } from './venv.ts';

/** Whoever comes first takes a project that several could keep. */
const managers: readonly Manager[] = [poetry, uv, venv];

/** The manager of that name in a contract. @throws {UsageError} for a name that is none. */
export function managerNamed(id: string): Manager {
  const found = managers.find((manager) => manager.id === id);
  if (found !== undefined) return found;
  throw new UsageError(`source.manager: "${id}" is none of ${managers.map((each) => each.id).join(', ')}; leave it out to have it found`);
}

const pyproject = z.object({ tool: z.record(z.string(), z.unknown()) });

/** What keeps the project in a folder, by what lies there; undefined where nothing tells of a Python project. */
export async function managerOf(directory: string): Promise<Manager | undefined> {
  // What is wrong with it is told where its names are read; here it only tells of nobody.
  const tools = await readFile(join(directory, 'pyproject.toml'), 'utf8')
    .then((text) => Object.keys(readToml(text, pyproject).tool))
    .catch((): string[] => []);
  const files = readdirSync(directory);
  return managers.find((manager) => lockFileOf(manager, directory) !== undefined) ?? managers.find(
    ({ id, signs = [] }) => tools.includes(id) || signs.some((sign) => files.includes(sign)),
  );
}

/** The file in which a manager fixes a project's versions, relative to the project; of several the shortest name. */
export function lockFileOf({ lock }: Manager, directory: string): string | undefined {
  const files = readdirSync(directory).toSorted((a, b) => a.length - b.length);
  return lock.flatMap(({ name }) => files.find((file) => name.test(file)) ?? [])[0];
}
