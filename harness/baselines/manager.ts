import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LockFile } from './lock.ts';

/** A worker's source: its folder, and the script that starts the worker, relative to it. */
export type Project = { readonly directory: string; readonly entry: string };

/** What lies in a project's folder, and the tools for which its pyproject.toml has a table. */
export type Signs = { readonly files: readonly string[]; readonly tools: readonly string[] };

/** Command lines as a person types them in the project's folder. */
export type Commands = {
  /** Makes the environment. */
  readonly install: string;
  /** Brings it in step with the lock; what the lock does not name goes. */
  readonly sync: string;
  /** The same without the packages for development. */
  readonly production: string;
  /** Makes the lock again. */
  readonly lock: string;
  /** Freezes with the environment's PyInstaller; the spec file follows. */
  readonly build: string;
  /** Brings PyInstaller into the environment. */
  readonly addFreezer: string;
};

/** What keeps the environment of a project. */
export type Manager = {
  /** The contract's word for it. */
  readonly id: string;
  /** What an environment of its kind is called. */
  readonly title: string;
  /** How sure it is that the project is its own: 2 by a lock file, 1 by other signs, 0 by none. */
  readonly detect: (signs: Signs) => 0 | 1 | 2;
  /** The environment's Python; undefined where there is none yet. */
  readonly interpreter: (project: Project) => string | undefined | Promise<string | undefined>;
  /** The files in which it fixes versions; the first that is there counts. */
  readonly lock?: readonly LockFile[];
  readonly install: (project: Project, lockFile: string | undefined) => Commands;
  /** The command that runs a program in the environment and takes time of its own; undefined where it is not to be had. */
  readonly runner?: () => readonly string[] | undefined;
};

/** The interpreter of an environment in this folder; undefined where there is none. */
export function pythonIn(folder: string): string | undefined {
  return [join(folder, 'bin', 'python'), join(folder, 'Scripts', 'python.exe')].find((file) => existsSync(file));
}
