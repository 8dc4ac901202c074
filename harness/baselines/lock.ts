import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { messageOf, UsageError } from '../model/errors.ts';
import type { Baseline } from './baseline.ts';
import { readToml } from './manager.ts';
import { managerNamed } from './registry.ts';

/** What a lock says of one distribution. */
type LockedDistribution = {
  /** As the lock writes it. */
  readonly name: string;
  /** Several where markers choose; none for a dependency by path, whose version is whatever lies there. */
  readonly versions: readonly string[];
  /** The dependency groups that want it, for example "main"; absent where the lock does not say. */
  readonly groups?: readonly string[] | undefined;
};

/** What a project's lock fixes, by normalised name, and the file, relative to the project. */
export type Lock = { readonly file: string; readonly versions: ReadonlyMap<string, LockedDistribution> };

/** The project's own distribution; the version is absent where a build step decides it. */
export type OwnDistribution = { readonly name: string; readonly version?: string };

/** A distribution's name in the form in which names are compared (PEP 503). */
export function normalisedName(name: string): string {
  return name.replaceAll(/[-_.]+/g, '-').toLowerCase();
}

type Locked = Pick<Baseline, 'directory' | 'lockFile'> & { readonly manager: Pick<Baseline['manager'], 'id' | 'commands'> };

/** Reads a project's lock; undefined when there is none, or it leaves a choice. @throws {UsageError} when it is no lock file. */
export async function readLock({ directory, lockFile, manager: { id, commands } }: Locked): Promise<Lock | undefined> {
  if (lockFile === undefined) return undefined;
  const kind = managerNamed(id).lock.find(({ name }) => name.test(lockFile));
  const entries = await readText(join(directory, lockFile), (text) => kind?.read(text), `run: cd ${directory} && ${commands.lock}`);
  const versions = [...Map.groupBy(entries ?? [], ({ name }) => normalisedName(name))].map(([key, all]) => {
    const groups = all.some((each) => each.groups) ? [...new Set(all.flatMap((each) => each.groups ?? []))] : undefined;
    return [key, { name: all.at(-1)?.name ?? key, versions: all.flatMap(({ version }) => version ?? []), groups }] as const;
  });
  return entries && { file: lockFile, versions: new Map(versions) };
}

const named = z.object({ name: z.string().optional(), version: z.string().optional() });
const projectSchema = z.object({ project: named.optional(), tool: z.object({ poetry: named.optional() }).optional() });

/**
 * Name and version of the project itself, which its lock does not hold; undefined when pyproject.toml names none, or is not there.
 * @throws {UsageError} when that is no TOML.
 */
export async function readOwnDistribution(directory: string): Promise<OwnDistribution | undefined> {
  const { project, tool } = await readText(join(directory, 'pyproject.toml'), (text) => readToml(text, projectSchema), 'correct it') ?? {};
  const { name, version } = { ...tool?.poetry, ...project };
  // Poetry's plug-ins for versions from git leave this one in the file.
  return name === undefined ? undefined : { name, ...(version !== undefined && version !== '0.0.0' && { version }) };
}

async function readText<T>(file: string, read: (text: string) => T, remedy: string): Promise<T | undefined> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw new UsageError(`${file}: cannot be read: ${messageOf(cause)}`, { cause });
  });
  try {
    return text === undefined ? undefined : read(text);
  } catch (cause) {
    const what = cause instanceof z.ZodError ? z.prettifyError(cause) : messageOf(cause);
    throw new UsageError(`${file}: cannot be understood (${what.split('\n')[0]}); ${remedy}`, { cause });
  }
}
