import { existsSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { messageOf, UsageError } from '../model/errors.ts';
import type { Command } from '../system/launch/launch.ts';
import { lockFileOf } from './read-lock.ts';
import type { Commands, Manager, Project } from './manager.ts';
import { managerNamed, managerOf } from './registry.ts';

/** The worker run from source, as plain data that can be handed to a thread. */
export type Baseline = Project & {
  /** The interpreter of its environment. */
  readonly python: string;
  readonly pythonVersion: string;
  /** The version of the Temporal SDK in that environment, undefined when it cannot be imported. */
  readonly sdkVersion: string | undefined;
  /** Where its versions are fixed, relative to the directory. */
  readonly lockFile?: string | undefined;
  readonly lockSha256?: string;
  /** What keeps its environment, and what a person types there. */
  readonly manager: {
    readonly id: string;
    readonly commands: Commands;
    /** Runs a program in the environment, for its own start-up time; undefined where there is no such thing. */
    readonly runCommand: readonly string[] | undefined;
  };
};

const facts = `
import importlib.metadata, json, platform
try: sdk = importlib.metadata.version("temporalio")
except Exception: sdk = None
print(json.dumps({"python": platform.python_version(), "sdk": sdk}))`;

/** What keeps a project's environment, and that environment's interpreter; undefined where there is no environment. */
type Environment = { readonly manager: Manager; readonly python: string | undefined };

/**
 * Who keeps a project's environment, and where that is; undefined where nothing tells of a Python project. `named` is the contract's word.
 * @throws {UsageError} where that names nobody.
 */
export async function environmentOf(project: Project, named?: string): Promise<Environment | undefined> {
  const manager = named === undefined ? await managerOf(project.directory) : managerNamed(named);
  return manager && { manager, python: await manager.interpreter(project) };
}

/**
 * Finds the environment of a project and asks its interpreter for the versions. `named` is the contract's word for what keeps it.
 * @throws {UsageError} when there is no project or no environment; the message says the command to run.
 */
export async function findBaseline(directory: string, entry: string, named?: string): Promise<Baseline> {
  const refuse = (what: string, cause?: unknown): UsageError => new UsageError(`--baseline ${directory}: ${what}`, { cause });
  if (!existsSync(directory)) throw refuse("no such directory; name the folder of the worker's source");
  const project = { directory, entry };
  const found = await environmentOf(project, named);
  if (found === undefined) throw refuse('there is no Python project in it (pyproject.toml, a lock file or an environment); name the ' +
    "folder of the worker's source");
  if (!existsSync(join(directory, entry))) throw refuse(`there is no ${entry} in it; correct source.entry in the contract`);
  const { manager, python } = found;
  const lockFile = lockFileOf(manager, directory);
  const commands = manager.install(project, lockFile);
  const remedy = `run: cd ${directory} && ${commands.install}`;
  if (python === undefined) throw refuse(`it has no ${manager.title} environment; ${remedy}`);
  try {
    const { stdout } = await execa(python, ['-c', facts], { cwd: directory, timeout: 60_000, stdin: 'ignore' });
    const { python: pythonVersion, sdk }: { python: string; sdk: string | null } = JSON.parse(stdout);
    return {
      ...project,
      python,
      pythonVersion,
      sdkVersion: sdk ?? undefined,
      ...(lockFile !== undefined && {
        lockFile, lockSha256: createHash('sha256').update(await readFile(join(directory, lockFile))).digest('hex'),
      }),
      manager: { id: manager.id, commands, runCommand: manager.runner?.() },
    };
  } catch (error) {
    throw refuse(`its interpreter ${python} does not answer (${messageOf(error).split('\n')[0]}); ${remedy}`, error);
  }
}

/**
 * The command that runs the baseline: the environment's interpreter directly, since a manager's own `run` adds its own start-up.
 * The script is named by its full path, because a launch has a working directory of its own.
 */
export function baselineCommand(baseline: Baseline, args: readonly string[]): Command {
  return { file: baseline.python, args: [join(baseline.directory, baseline.entry), ...args], variant: 'baseline' };
}
