import { parse } from 'smol-toml';
import type { z } from 'zod';

/** What a lock says of one distribution. */
export type LockedDistribution = {
  /** As the lock writes it. */
  readonly name: string;
  /** Several where markers choose; none for a dependency by path, whose version is whatever lies there. */
  readonly versions: readonly string[];
  /** The dependency groups that want it, for example "main"; absent where the lock does not say. */
  readonly groups?: readonly string[] | undefined;
};

/** By normalised name. */
export type LockedVersions = ReadonlyMap<string, LockedDistribution>;

/** What a project's lock fixes, and the file, relative to the project. */
export type Lock = { readonly file: string; readonly versions: LockedVersions };

/** The project's own distribution; the version is absent where a build step decides it. */
export type OwnDistribution = { readonly name: string; readonly version?: string };

/** One entry of a lock; a distribution may have several. */
export type LockedEntry = { readonly name: string; readonly version?: string | undefined; readonly groups?: readonly string[] | undefined };

/** A kind of file in which versions are fixed. */
export type LockFile = {
  readonly name: RegExp;
  /** The entries of its text, without the project itself; undefined where the text fixes nothing. Throws where it is no such file. */
  readonly read: (text: string) => readonly LockedEntry[] | undefined;
};

/** A distribution's name in the form in which names are compared (PEP 503). */
export function normalisedName(name: string): string {
  return name.replaceAll(/[-_.]+/g, '-').toLowerCase();
}

/** A TOML text of a given shape. Throws where it has another. */
export function readToml<Schema extends z.ZodType>(text: string, schema: Schema): z.infer<Schema> {
  return schema.parse(parse(text));
}
