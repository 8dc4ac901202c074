import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { messageOf, UsageError } from '../model/errors.ts';
import { normalisedName, readToml, type Lock, type LockedDistribution, type OwnDistribution } from './lock.ts';
import type { Commands, Manager } from './manager.ts';
import { managerNamed } from './registry.ts';

/** The file in which a manager fixes a project's versions, relative to the project; of several the shortest name. */
export function lockFileOf({ lock = [] }: Manager, directory: string): string | undefined {
  const files = readdirSync(directory).toSorted((a, b) => a.length - b.length);
  return lock.flatMap(({ name }) => files.find((file) => name.test(file)) ?? [])[0];
}

/** What is known of a baseline's lock. */
type Locked = {
  readonly directory: string;
  readonly lockFile?: string | undefined;
  readonly manager: { readonly id: string; readonly commands: Pick<Commands, 'lock'> };
};

/** Reads a project's lock; undefined when there is none, or it leaves a choice. @throws {UsageError} when it is no lock file. */
export async function readLock(
  { directory, lockFile, manager: { id, commands } }: Locked,
): Promise<Lock | undefined> {
  if (lockFile === undefined) return undefined;
  const kind = managerNamed(id).lock?.find(({ name }) => name.test(lockFile));
  const remedy = `run: cd ${directory} && ${commands.lock}`;
  const read = await readText(join(directory, lockFile), (text) => kind?.read(text), remedy);
  if (read === undefined) return undefined;
  const versions = new Map<string, LockedDistribution>();
  for (const { name, version, groups } of read) {
    const before = versions.get(normalisedName(name));
    const together = before?.groups ?? groups ? [...new Set([...(before?.groups ?? []), ...(groups ?? [])])] : undefined;
    versions.set(normalisedName(name), {
      name, versions: [...(before?.versions ?? []), ...(version === undefined ? [] : [version])], ...(together && { groups: together }),
    });
  }
  return { file: lockFile, versions };
}

const named = z.object({ name: z.string().optional(), version: z.string().optional() });
const projectSchema = z.object({ project: named.optional(), tool: z.object({ poetry: named.optional() }).optional() });

/**
 * Name and version of the project itself, which its lock does not hold; undefined when pyproject.toml names none, or is not there.
 * @throws {UsageError} when that is no TOML.
 */
export async function readOwnDistribution(directory: string): Promise<OwnDistribution | undefined> {
  const read = await readText(join(directory, 'pyproject.toml'), (text) => readToml(text, projectSchema), 'correct it');
  const name = read?.project?.name ?? read?.tool?.poetry?.name;
  const version = read?.project?.version ?? read?.tool?.poetry?.version;
  // Poetry's plug-ins for versions from git leave this one in the file.
  return name === undefined ? undefined : { name, ...(version !== undefined && version !== '0.0.0' && { version }) };
}

async function readText<T>(file: string, read: (text: string) => T, remedy: string): Promise<T | undefined> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw new UsageError(`${file}: cannot be read: ${messageOf(cause)}`, { cause });
  });
  if (text === undefined) return undefined;
  try {
    return read(text);
  } catch (cause) {
    const what = cause instanceof z.ZodError ? z.prettifyError(cause) : messageOf(cause);
    throw new UsageError(`${file}: cannot be understood (${what.split('\n')[0]}); ${remedy}`, { cause });
  }
}
