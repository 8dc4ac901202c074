import { existsSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { execa } from 'execa';
import { messageOf, UsageError } from '../model/errors.ts';
import type { Command } from '../system/launch/launch.ts';
import type { Commands, Project } from './manager.ts';
import { lockFileOf, managerNamed, managerOf } from './registry.ts';

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

/**
 * Who keeps a project's environment, and where that is; undefined where nothing tells of a Python project. `named` is the contract's word.
 * @throws {UsageError} where that names nobody.
 */
export async function environmentOf(project: Project, named?: string) {
  const manager = named === undefined ? await managerOf(project.directory) : managerNamed(named);
  return manager && { manager, python: await manager.interpreter(project) };
}

/** What starts most workers. */
export const usualEntry = 'main.py';

/**
 * Finds the environment of a project and asks its interpreter for the versions. `named` is the contract's word for what keeps it.
 * Where no `entry` is known, because nothing is going to be started, none must be there.
 * @throws {UsageError} when there is no project or no environment; the message says the command to run.
 */
export async function findBaseline(directory: string, entry: string | undefined, named?: string): Promise<Baseline> {
  const refuse = (what: string): UsageError => new UsageError(`--baseline ${directory}: ${what}`);
  if (!existsSync(directory)) throw refuse("no such directory; name the folder of the worker's source");
  const project = { directory, entry: entry ?? usualEntry };
  const found = await environmentOf(project, named);
  if (found === undefined) throw refuse('there is no Python project in it (pyproject.toml, a lock file or an environment); name the ' +
    "folder of the worker's source");
  const isThere = entry === undefined || existsSync(join(directory, entry));
  if (!isThere) throw refuse(`there is no ${entry} in it; correct source.entry in the contract`);
  const { manager, python } = found;
  const lockFile = lockFileOf(manager, directory);
  const commands = manager.install(project, lockFile);
  if (python === undefined) throw refuse(`it has no ${manager.title} environment; run: cd ${directory} && ${commands.install}`);
  const environment = { ...project, python, manager: { id: manager.id, commands, runCommand: manager.runner?.() } };
  const told: { python: string; sdk: string | null } = JSON.parse(await runPython(environment, ['-c', versions]));
  return {
    ...environment,
    pythonVersion: told.python,
    sdkVersion: told.sdk ?? undefined,
    ...(lockFile !== undefined && {
      lockFile, lockSha256: createHash('sha256').update(await readFile(join(directory, lockFile))).digest('hex'),
    }),
  };
}

const versions = `
import importlib.metadata, json, platform
try: sdk = importlib.metadata.version("temporalio")
except Exception: sdk = None
print() # a .pth file may have printed something without an end of line
print(json.dumps({"python": platform.python_version(), "sdk": sdk}))`;

/**
 * Runs a program with the baseline's interpreter in the project's folder, for 60 s at most, and gives the last line that it prints.
 * Neither PYTHON* variables nor the user's own site-packages nor a sitecustomize beside the script can change what it sees.
 * @throws {UsageError} when the interpreter does not answer; the message says what to do.
 */
export async function runPython(
  { python, directory, manager }: Pick<Baseline, 'python' | 'directory' | 'manager'>, args: readonly string[],
  { input, signal }: { readonly input?: string; readonly signal?: AbortSignal | undefined } = {},
): Promise<string> {
  try {
    const { stdout } = await execa(python, ['-I', '-B', ...args], {
      cwd: directory,
      env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:PYTHON|__PYVENV_LAUNCHER__|_PYI_)/i.test(name))),
      extendEnv: false,
      timeout: 60_000,
      ...(input === undefined ? { stdin: 'ignore' } : { input }),
      ...(signal && { cancelSignal: signal }),
    });
    return stdout.trimEnd().split('\n').at(-1) ?? '';
  } catch (cause) {
    signal?.throwIfAborted();
    const lastLine = messageOf(cause).trimEnd().split('\n').at(-1) ?? '';
    throw new UsageError(`--baseline ${directory}: its interpreter ${python} does not answer (${lastLine.slice(0, 300)}); run: cd ` +
      `${directory} && ${manager.commands.install}`, { cause });
  }
}

/**
 * The command that runs the baseline: the environment's interpreter directly, since a manager's own `run` adds its own start-up.
 * The script is named by its full path, because a launch has a working directory of its own.
 */
export function baselineCommand(baseline: Baseline, args: readonly string[]): Command {
  return { file: baseline.python, args: [join(baseline.directory, baseline.entry), ...args], variant: 'baseline' };
}

/**
 * How long a baseline's manager takes to start a program that does nothing, so many times, and the words that a person types for
 * it; undefined where it has no command for that, or the command fails. The baseline itself is started without it.
 */
export async function measureManager(
  { directory, manager: { id, runCommand } }: Baseline, times: number, signal: AbortSignal,
): Promise<{ readonly words: string; readonly samplesMs: number[] } | undefined> {
  const [file, ...args] = runCommand ?? [];
  if (file === undefined) return undefined;
  const samplesMs: number[] = [];
  for (let run = 0; run < times; run += 1) {
    const { exitCode, durationMs } = await execa(
      file, [...args, 'python', '-c', 'pass'], { cwd: directory, timeout: 60_000, reject: false, stdin: 'ignore', cancelSignal: signal },
    );
    if (exitCode !== 0) return undefined;
    samplesMs.push(durationMs);
  }
  return { words: `${id} run`, samplesMs };
}

/** The variables of a project's `.env`; none where there is no such file or it cannot be read. Secrets: compared, never shown. */
export async function readDotenv(directory: string): Promise<Record<string, string | undefined>> {
  return { ...parseEnv(await readFile(join(directory, '.env'), 'utf8').catch(() => '')) };
}
