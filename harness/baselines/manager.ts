import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LockFile } from './lock.ts';

/** A worker's source: its folder, and the script that starts the worker, relative to it. */
export type Project = { readonly directory: string; readonly entry: string };

/**
 * Command lines as a person types them in the project's folder. `install` makes the environment, `sync` brings it in step with the lock
 * (what the lock does not name goes), `production` does so without the packages for development, `lock` makes the lock again, `build`
 * freezes with the environment's PyInstaller (the spec file follows), `addFreezer` brings that into the environment.
 */
export type Commands = Readonly<Record<'install' | 'sync' | 'production' | 'lock' | 'build' | 'addFreezer', string>>;

/** What keeps the environment of a project: one that has its lock file, else one whose sign or table in pyproject.toml it has. */
export type Manager = {
  /** The contract's word for it, and the name of its table in pyproject.toml. */
  readonly id: string;
  /** What an environment of its kind is called. */
  readonly title: string;
  /** The files in which it fixes versions; the first that is there counts. */
  readonly lock: readonly LockFile[];
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
