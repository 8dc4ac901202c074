import { existsSync, globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { execa } from 'execa';
import { messageOf, UsageError } from '../model/errors.ts';
import type { Command } from '../system/launch/launch.ts';
import { cacheFolder } from '../system/tools/cache.ts';
import { findOnPath } from '../system/tools/on-path.ts';

/** The worker run from source, as plain data that can be handed to a thread. */
export type Baseline = {
  readonly directory: string;
  /** The interpreter of the Poetry environment. */
  readonly python: string;
  readonly pythonVersion: string;
  /** The version of the Temporal SDK in that environment, undefined when it cannot be imported. */
  readonly sdkVersion: string | undefined;
  readonly entry: string;
  readonly lockSha256?: string;
  /** The command that is Poetry, for its own start-up time; undefined when there is none. */
  readonly poetry: readonly string[] | undefined;
};

const facts = `
import importlib.metadata, json, platform
try: sdk = importlib.metadata.version("temporalio")
except Exception: sdk = None
print(json.dumps({"python": platform.python_version(), "sdk": sdk}))`;

/**
 * Finds the Poetry environment of a project and asks its interpreter for the versions.
 * @throws {UsageError} when there is no project or no environment; the message says the command to run.
 */
export async function findBaseline(directory: string, entry: string): Promise<Baseline> {
  if (!existsSync(directory)) throw new UsageError(`--baseline ${directory}: no such directory; name the folder of the worker's ` +
    'pyproject.toml');
  if (!existsSync(join(directory, 'pyproject.toml'))) throw new UsageError(`--baseline ${directory}: there is no pyproject.toml in it; ` +
    `name the folder of the worker's Poetry project`);
  if (!existsSync(join(directory, entry))) throw new UsageError(`--baseline ${directory}: there is no ${entry} in it; correct ` +
    'source.entry in the contract');
  const python = await interpreter(directory);
  try {
    const { stdout } = await execa(python, ['-c', facts], { cwd: directory, timeout: 60_000, stdin: 'ignore' });
    const { python: pythonVersion, sdk }: { python: string; sdk: string | null } = JSON.parse(stdout);
    const lock = await readFile(join(directory, 'poetry.lock')).catch(() => undefined);
    return {
      directory,
      python,
      pythonVersion,
      sdkVersion: sdk ?? undefined,
      entry,
      ...(lock && { lockSha256: createHash('sha256').update(lock).digest('hex') }),
      poetry: findPoetry(),
    };
  } catch (error) {
    throw new UsageError(`--baseline ${directory}: its interpreter ${python} does not answer (${messageOf(error).split('\n')[0]}); ` +
      `run: cd ${directory} && poetry install`, { cause: error });
  }
}

/** From the PATH, else the one that the reference's build keeps in the cache. */
function findPoetry(): string[] | undefined {
  const onPath = findOnPath('poetry');
  if (onPath !== undefined) return [onPath];
  const [own] = globSync(join(cacheFolder(), 'poetry-*', 'bin', 'python'));
  return own === undefined ? undefined : [own, '-m', 'poetry'];
}

async function interpreter(directory: string): Promise<string> {
  const inside = process.platform === 'win32' ? join('Scripts', 'python.exe') : join('bin', 'python');
  const inProject = join(directory, '.venv', inside);
  if (existsSync(inProject)) return inProject;
  const { stdout } = await execa('poetry', ['env', 'info', '--path'], { cwd: directory, timeout: 60_000, reject: false, stdin: 'ignore' });
  const path = stdout?.trim();
  if (path && existsSync(join(path, inside))) return join(path, inside);
  throw new UsageError(`--baseline ${directory}: it has no Poetry environment; run: cd ${directory} && poetry install`);
}

/**
 * The command that runs the baseline: the environment's interpreter directly, since `poetry run` adds its own start-up.
 * The script is named by its full path, because a launch has a working directory of its own.
 */
export function baselineCommand(baseline: Baseline, args: readonly string[]): Command {
  return { file: baseline.python, args: [join(baseline.directory, baseline.entry), ...args], variant: 'baseline' };
}
