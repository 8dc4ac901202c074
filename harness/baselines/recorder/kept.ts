import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, readdirSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../system/tools/cache.ts';
import { ownVersion } from '../../system/own-package.ts';
import type { Baseline } from '../baseline.ts';
import type { Closure } from './closure.ts';

/** Never a part of what is recorded: what tools keep beside sources, and what builds and runs leave. */
const passedOver = /^(?:\.git|\.hg|\.venv|node_modules|__pycache__|\..*_cache|\.tox|\.nox|dist|build|reports)$/;

/** Above this a project is recorded each time. */
const mostFiles = 20_000;

/**
 * What a recording follows from: interpreter and environment, lock file, the project's files, contract, recorder. One that was made with
 * the same key is the same; undefined where a project holds too much to tell.
 */
export function recordingKey(baseline: Baseline, contractSha256: string): string | undefined {
  const sources = statesBelow(baseline.directory);
  if (sources === undefined) return undefined;
  const { directory, entry, python, pythonVersion, lockSha256 } = baseline;
  const interpreter = realpathSync(python);
  const packages = globSync('lib*/**/site-packages', { cwd: dirname(dirname(python)) }).map((path) => join(dirname(dirname(python)), path));
  const installed = packages.flatMap(
    (folder) => readdirSync(folder).filter((name) => name !== '__pycache__').toSorted().map((name) => installedState(join(folder, name))),
  );
  const recorder = ['sitecustomize.py', 'frostgate_computed.py', 'frostgate_files.py', 'frostgate_frames.py', 'closure.ts'].map(
    (name) => fileURLToPath(new URL(name, import.meta.url)),
  ).filter(existsSync).map((file) => readFileSync(file, 'utf8'));
  const all = [
    ownVersion, directory, entry, python, stateOf(interpreter), pythonVersion, lockSha256, contractSha256, installed, sources, recorder,
  ];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}

/** The recording of a project that was made with this key; undefined where none is kept. */
export function keptRecording({ directory }: Baseline, key: string): Closure | undefined {
  const file = fileFor(directory);
  try {
    const kept: { key: string; modules: [string, never][] } & Omit<Closure, 'modules'> = JSON.parse(readFileSync(file, 'utf8'));
    const { key: made, modules, ...closure } = kept;
    return made === key ? { ...closure, modules: new Map(modules) } : undefined;
  } catch {
    return undefined; // none, or half of one
  }
}

/** Keeps the last recording of a project. A cache that cannot be written keeps none. */
export function keepRecording({ directory }: Baseline, key: string, closure: Closure): void {
  const file = fileFor(directory);
  const part = `${file}.${process.pid}.partial`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(part, JSON.stringify({ key, ...closure, modules: [...closure.modules] }), { mode: 0o600 });
    renameSync(part, file);
  } catch {
    // The next run records again.
  }
}

/** Where the recording of a project is kept. */
export function fileFor(directory: string): string {
  const project = createHash('sha256').update(directory).digest('hex').slice(0, 16);
  return join(cacheFolder(), `recording-${basename(directory).replaceAll(/[^\w.-]/g, '_')}-${project}.json`);
}

/** Of a distribution the list of its files says what is installed: a folder changes with what Python compiles in it. */
function installedState(path: string): string {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory();
  return isFolder ? `${path} ${stateOf(join(path, 'RECORD'))}` : stateOf(path);
}

/** Size and time of a file's last change, by its path. */
function stateOf(path: string): string {
  const { size, mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { size: 0, mtimeMs: 0 };
  return `${path} ${size} ${mtimeMs}`;
}

function statesBelow(directory: string): string[] | undefined {
  const found: string[] = [];
  const look = (folder: string): boolean => readdirSync(folder, { withFileTypes: true }).every((entry) => {
    const path = join(folder, entry.name);
    if (passedOver.test(entry.name) || (entry.isDirectory() && existsSync(join(path, 'pyvenv.cfg')))) return true;
    if (entry.isDirectory()) return look(path);
    found.push(stateOf(path));
    return found.length <= mostFiles;
  });
  return look(directory) ? found.toSorted() : undefined;
}
