import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, readdirSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../system/tools/cache.ts';
import { ownVersion } from '../../system/own-package.ts';
import type { Baseline } from '../baseline.ts';
import { recorderParts, type Closure } from './closure.ts';

/** Never a part of what is recorded: what tools keep beside sources. */
const passedOver = /^(?:\.git|\.hg|\.venv|node_modules|__pycache__|\..*_cache|\.tox|\.nox)$/;

/** What builds and runs leave in a project's own folder, unless a package is called so. */
const left = /^(?:dist|build|reports)$/;

/** Above this a project is recorded each time. */
const mostFiles = 20_000;

/**
 * What a recording follows from: interpreter and environment, lock file, the project's files, contract, recorder. One that was made with
 * the same key is the same; undefined where a project holds too much to tell, has sources elsewhere,
 * or cannot be read whole.
 */
export function recordingKey(baseline: Baseline, contractSha256: string): string | undefined {
  try {
    return keyOf(baseline, contractSha256);
  } catch {
    return undefined; // whoever needs what cannot be read says so
  }
}

function keyOf(baseline: Baseline, contractSha256: string): string | undefined {
  const sources = statesBelow(baseline.directory);
  if (sources === undefined) return undefined;
  const { directory, entry, python, pythonVersion, lockSha256 } = baseline;
  const interpreter = realpathSync(python);
  if (!isSelfContained(python, directory)) return undefined;
  const installed = installedIn(python).toSorted().map(installedState);
  const recorder = ['sitecustomize.py', ...recorderParts, 'closure.ts'].map(
    (name) => fileURLToPath(new URL(name, import.meta.url)),
  ).filter(existsSync).map((file) => readFileSync(file, 'utf8'));
  const all = [
    ownVersion, directory, entry, python, stateOf(interpreter), pythonVersion, lockSha256, contractSha256, installed, sources, recorder,
  ];
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}

/** The recording of a project that was made with this key, or with any; undefined where none is kept. */
export function keptRecording({ directory }: Pick<Baseline, 'directory'>, key?: string): Closure | undefined {
  const file = fileFor(directory);
  try {
    const kept: { key: string; modules: [string, never][] } & Omit<Closure, 'modules'> = JSON.parse(readFileSync(file, 'utf8'));
    const { key: made, modules, ...closure } = kept;
    return key === undefined || made === key ? { ...closure, modules: new Map(modules) } : undefined;
  } catch {
    return undefined; // none, or half of one
  }
}

/** Keeps the last recording of a project. */
export function keepRecording({ directory }: Baseline, key: string, closure: Closure): void {
  writeKept(fileFor(directory), { key, ...closure, modules: [...closure.modules] });
}

/** Writes a file of the cache whole, or not. A cache that cannot be written keeps nothing. */
export function writeKept(file: string, value: object): void {
  const part = `${file}.${process.pid}.partial`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(part, JSON.stringify(value), { mode: 0o600 });
    renameSync(part, file);
  } catch {
    // It is made again the next time.
  }
}

/** Where the recording of a project is kept. */
export function fileFor(directory: string): string {
  const project = createHash('sha256').update(directory).digest('hex').slice(0, 16);
  return join(cacheFolder(), `recording-${basename(directory).replaceAll(/[^\w.-]/g, '_')}-${project}.json`);
}

/** A folder as a .pth file has it, or a finder of an editable installation. */
const absolute = /(?<=^|["'])(?:\/|[A-Za-z]:[\\/])[^"'\n]+/gm;

/** Whether all that a project has installed lies in its environment or in the project itself. */
export function isSelfContained(python: string, directory: string): boolean {
  return !installedIn(python).some((path) => leadsElsewhere(path, realpathSync(directory)));
}

/** What lies in the folders of an environment's packages. */
function installedIn(python: string): string[] {
  const environment = dirname(dirname(python));
  return globSync(['[Ll]ib*/site-packages', 'lib*/*/site-packages'], { cwd: environment }).flatMap((packages) => (
    readdirSync(join(environment, packages)).filter((name) => name !== '__pycache__').map((name) => join(environment, packages, name))));
}

/** Whether a file of an environment leads to sources that lie outside the project, as that of a path dependency does. */
function leadsElsewhere(path: string, project: string): boolean {
  if (!/\.pth$|^__editable__/.test(basename(path)) || statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
  return (readFileSync(path, 'utf8').match(absolute) ?? []).some((folder) => (
    existsSync(folder) && !`${realpathSync(folder)}${sep}`.startsWith(`${project}${sep}`)));
}

/** Of a distribution the list of its files says what is installed: a folder changes with what Python compiles in it. */
function installedState(path: string): string {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory();
  return isFolder ? `${path} ${stateOf(join(path, 'RECORD'))}` : stateOf(path);
}

/** Size and times of a file's last change, by its path: whoever writes a file can set one of them back, not the other. */
export function stateOf(path: string): string {
  const { size, mtimeMs, ctimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { size: 0, mtimeMs: 0, ctimeMs: 0 };
  return `${path} ${size} ${mtimeMs} ${ctimeMs}`;
}

/** The files of a folder with their states; undefined where it holds too much to tell. */
export function statesBelow(directory: string): string[] | undefined {
  const found: string[] = [];
  const look = (folder: string): boolean => readdirSync(folder, { withFileTypes: true }).every((entry) => {
    const path = join(folder, entry.name);
    if (passedOver.test(entry.name)) return true;
    if (entry.isDirectory()) return isLeft(directory, folder, entry.name) || look(path);
    found.push(stateOf(path));
    return found.length <= mostFiles;
  });
  return look(directory) ? found.toSorted() : undefined;
}

function isLeft(project: string, folder: string, name: string): boolean {
  const has = (file: string): boolean => existsSync(join(folder, name, file));
  return has('pyvenv.cfg') || (folder === project && left.test(name) && !has('__init__.py'));
}
