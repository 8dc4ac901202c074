import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';
import { messageOf, UsageError } from '../model/errors.ts';

/** What poetry.lock says of one distribution. */
export type LockedDistribution = {
  /** As the lock writes it. */
  readonly name: string;
  /** Several where markers choose; none for a dependency by path, whose version is whatever lies there. */
  readonly versions: readonly string[];
  /** The dependency groups that want it, for example "main"; absent where the lock is of a Poetry that does not write them (before 2.0). */
  readonly groups?: readonly string[];
};

/** By normalised name. */
export type LockedVersions = ReadonlyMap<string, LockedDistribution>;

/** The project's own distribution; the version is absent where a build step decides it. */
export type OwnDistribution = { readonly name: string; readonly version?: string };

const lockSchema = z.object({
  package: z
    .array(
      z.object({
        name: z.string(),
        version: z.string(),
        groups: z.array(z.string()).optional(),
        source: z.object({ type: z.string().optional() }).optional(),
      }),
    )
    .default([]),
});

const named = z.object({ name: z.string().optional(), version: z.string().optional() });
const projectSchema = z.object({ project: named.optional(), tool: z.object({ poetry: named.optional() }).optional() });

/** A distribution's name in the form in which names are compared (PEP 503). */
export function normalisedName(name: string): string {
  return name.replaceAll(/[-_.]+/g, '-').toLowerCase();
}

/** Reads a project's poetry.lock; undefined when there is none. @throws {UsageError} when it is no lock file. */
export async function readLock(directory: string): Promise<LockedVersions | undefined> {
  const lock = await readToml(join(directory, 'poetry.lock'), lockSchema, `run: cd ${directory} && poetry lock`);
  if (lock === undefined) return undefined;
  const locked = new Map<string, LockedDistribution>();
  for (const { name, version, groups, source } of lock.package) {
    const before = locked.get(normalisedName(name));
    const versions = [...(before?.versions ?? []), ...(source?.type === 'directory' ? [] : [version])];
    const together = before?.groups ?? groups ? [...new Set([...(before?.groups ?? []), ...(groups ?? [])])] : undefined;
    locked.set(normalisedName(name), { name, versions, ...(together && { groups: together }) });
  }
  return locked;
}

/**
 * Name and version of the project itself, which its lock does not hold; undefined when pyproject.toml names none. @throws {UsageError} when
 * that is no TOML.
 */
export async function readOwnDistribution(directory: string): Promise<OwnDistribution | undefined> {
  const read = await readToml(join(directory, 'pyproject.toml'), projectSchema, 'correct it');
  const name = read?.project?.name ?? read?.tool?.poetry?.name;
  const version = read?.project?.version ?? read?.tool?.poetry?.version;
  // Poetry's plug-ins for versions from git leave this one in the file.
  return name === undefined ? undefined : { name, ...(version !== undefined && version !== '0.0.0' && { version }) };
}

async function readToml<Schema extends z.ZodType>(file: string, schema: Schema, remedy: string): Promise<z.infer<Schema> | undefined> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw new UsageError(`${file}: cannot be read: ${messageOf(cause)}`, { cause });
  });
  if (text === undefined) return undefined;
  try {
    return schema.parse(parse(text));
  } catch (cause) {
    const what = cause instanceof z.ZodError ? z.prettifyError(cause) : messageOf(cause);
    throw new UsageError(`${file}: cannot be understood (${what.split('\n')[0]}); ${remedy}`, { cause });
  }
}
