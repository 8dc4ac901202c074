import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';
import { UsageError } from '../model/errors.ts';

/** What a folder of source says of itself. */
export type Found = { readonly entry: string; readonly name: string };

const signs = ['pyproject.toml', 'requirements.txt', 'setup.py', '.venv', 'venv', 'uv.lock'];
const isProject = (folder: string): boolean => signs.some((name) => existsSync(join(folder, name)));

/** Scripts that start most workers, the likeliest first. */
const usual = ['main.py', 'worker.py', 'run_worker.py', 'app.py', '__main__.py'];

/**
 * Finds the script that starts the worker, and the project's name; `called` where it does not say one.
 * @throws {UsageError} where the folder is no project, holds several, or nobody can tell which script it is.
 */
export function findProject(directory: string, entry: string | undefined, called = basename(directory)): Found {
  if (!existsSync(directory) || !statSync(directory).isDirectory()) throw new UsageError(`${directory}: no such folder; name the folder ` +
    "of the worker's source");
  const files = readdirSync(directory, { withFileTypes: true });
  const inner = files.filter((file) => file.isDirectory() && !file.name.startsWith('.') && isProject(join(directory, file.name)));
  if (!isProject(directory) && inner.length > 0) throw new UsageError(`${directory}: holds ${inner.length} projects and is none itself; ` +
    `name one: ${inner.map(({ name }) => join(directory, name)).slice(0, 5).join(', ')}`);
  const names = files.filter((file) => file.isFile()).map(({ name }) => name);
  return { entry: entry ?? entryOf(directory, names), name: nameOf(directory) ?? called };
}

function entryOf(directory: string, names: readonly string[]): string {
  const textOf = (name: string): string => readFileSync(join(directory, name), 'utf8');
  const scripts = names.filter((name) => name.endsWith('.py'));
  if (scripts.includes('main.py')) return 'main.py';
  // PyInstaller's spec file names it: Analysis(['main.py'], …).
  const frozen = names.filter((name) => name.endsWith('.spec'))
    .flatMap((name) => /Analysis\(\s*(?:scripts\s*=\s*)?\[\s*['"]([^'"]+)['"]/.exec(textOf(name))?.[1] ?? [])
    .filter((name) => existsSync(join(directory, name)));
  const starting = scripts.filter((name) => /\bWorker\(/.test(textOf(name)));
  const found = [...new Set([...frozen, ...usual.filter((name) => scripts.includes(name)), ...starting])];
  const [first, second] = frozen.length > 0 ? frozen : found;
  if (first === undefined) throw new UsageError(`${directory}: there is no main.py and no other script that starts a worker; name it ` +
    'with --entry FILE, relative to that folder');
  if (second !== undefined && first !== second) throw new UsageError(`${directory}: ${found.join(', ')} may each start a worker; ` +
    'name one with --entry FILE');
  return first;
}

const named = z.object({ name: z.string() });
const pyproject = z.object({ project: z.unknown(), tool: z.record(z.string(), z.unknown()).default({}) }).partial({ project: true });

function nameOf(directory: string): string | undefined {
  try {
    const { project, tool } = pyproject.parse(parse(readFileSync(join(directory, 'pyproject.toml'), 'utf8')));
    const name = [project, ...Object.values(tool)].map((table) => named.safeParse(table).data?.name).find((each) => each !== undefined);
    if (name !== undefined) return name;
  } catch {
    // Without a readable pyproject.toml it is called as its folder is.
  }
  return undefined;
}
