import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import type { z } from 'zod';

/** A worker's source: its folder, and the script that starts the worker, relative to it. */
export type Project = { readonly directory: string; readonly entry: string };

/**
 * Command lines as a person types them in the project's folder. `install` makes the environment, `sync` brings it in step with the lock
 * (what the lock does not name goes), `production` does so without the packages for development, `lock` makes the lock again, `build`
 * freezes with the environment's PyInstaller (the spec file follows), `addFreezer` brings that into the environment.
 */
export type Commands = Readonly<Record<'install' | 'sync' | 'production' | 'lock' | 'build' | 'addFreezer', string>>;

/** One entry of a lock; a distribution may have several. */
export type LockedEntry = { readonly name: string; readonly version?: string | undefined; readonly groups?: readonly string[] | undefined };

/** What keeps the environment of a project: one that has its lock file, else one whose sign or table in pyproject.toml it has. */
export type Manager = {
  /** The contract's word for it, and the name of its table in pyproject.toml. */
  readonly id: string;
  /** What an environment of its kind is called. */
  readonly title: string;
  /**
   * The files in which it fixes versions; the first that is there counts. `read` gives the entries of a text, without the project itself,
   * undefined where it fixes nothing, and throws where it is no such file.
   */
  readonly lock: readonly { readonly name: RegExp; readonly read: (text: string) => readonly LockedEntry[] | undefined }[];
  /** Files and folders that tell of it where there is no lock. */
  readonly signs?: readonly string[];
  /** The environment's Python; undefined where there is none yet. */
  readonly interpreter: (project: Project) => string | undefined | Promise<string | undefined>;
  readonly install: (project: Project, lockFile: string | undefined) => Commands;
  /** The command that runs a program in the environment and takes time of its own; undefined where it is not to be had. */
  readonly runner?: () => readonly string[] | undefined;
};

/** The interpreter of an environment in this folder; undefined where there is none. */
export function pythonIn(folder: string): string | undefined {
  return [join(folder, 'bin', 'python'), join(folder, 'Scripts', 'python.exe')].find((file) => existsSync(file));
}

/** A TOML text of a given shape. Throws where it has another. */
export function readToml<Schema extends z.ZodType>(text: string, schema: Schema): z.infer<Schema> {
  return schema.parse(parse(text));
}
