import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import type { SpecChange } from '../hazards/spec-change.ts';
import type { RunFolder } from '../../../system/launch/run-folder.ts';
import { oneLine, shortLine } from '../../../model/text.ts';
import { cannotBeMade, changedSpec, originalSpec } from './changed-spec.ts';
import { CannotHelp, NotTried } from '../../../model/not-tried.ts';
import { runToEnd } from '../../../system/launch/run-to-end.ts';

const deadlineMs = 600_000;

/** A copy of the project, and what builds it. */
export type Workshop = {
  readonly python: string;
  /** The copy's folder. */
  readonly copy: string;
  /** Relative to the copy. */
  readonly spec: string;
  /** Folders with the project's own code, relative to the copy. */
  readonly sources: readonly string[];
  /** What the executable is called, with `.exe` where it has that. */
  readonly binaryName: string;
  /** Links that the copy lacks because they lead out of the project. */
  readonly skippedLinks: readonly string[];
  /** Where everything else goes that a build makes; PyInstaller's own cache is shared by all builds. */
  readonly folder: string;
  readonly run: RunFolder;
  readonly signal: AbortSignal;
};

/**
 * Builds the copy with a change, named `name` among the builds; the build's output goes to `log`.
 * @returns the new executable.
 * @throws {NotTried} when the copy cannot be built.
 * @throws {CannotHelp} when the change itself is impossible.
 */
export async function buildChanged(workshop: Workshop, change: SpecChange, name: string, log: string): Promise<string> {
  const { python, copy, spec, folder, run, signal } = workshop;
  const place = join(folder, name);
  mkdirSync(join(place, 'tmp'), { recursive: true });
  replaceSpec(join(copy, spec), changedSpec(change, join(place, 'made')));
  const [dist, work] = [join(place, 'dist'), join(place, 'work')];
  const args = ['-m', 'PyInstaller', '--noconfirm', '--distpath', dist, '--workpath', work, basename(spec)];
  const [cwd, environment] = [dirname(join(copy, spec)), environmentOf(workshop, place)];
  const code = await runToEnd({ what: 'the build', file: python, args, cwd, environment, log, deadlineMs, graceMs: 2_000, run, signal });
  // The work folder is as big as the executable, and no other build can use what is in it.
  rmSync(work, { recursive: true, force: true });
  const output = readFileSync(log, 'utf8');
  if (code !== 0) throw whyNot(output, code, workshop);
  refuseUnknown(change, output);
  return executableIn(dist, workshop.binaryName);
}

/** Puts the text in place of the spec; the original is kept beside it, once. */
function replaceSpec(file: string, text: string): void {
  const original = join(dirname(file), originalSpec);
  if (!existsSync(original)) renameSync(file, original);
  writeFileSync(file, text);
}

/**
 * The user's own environment, since a spec may read it, but nothing is written outside the run's folder, and the copy's code comes first.
 */
function environmentOf({ copy, sources, folder }: Workshop, place: string): NodeJS.ProcessEnv {
  const own = sources.map((source) => resolve(copy, source));
  return {
    ...process.env,
    PYTHONPATH: [...own, ...(process.env['PYTHONPATH']?.split(delimiter) ?? [])].join(delimiter),
    PYTHONDONTWRITEBYTECODE: '1',
    PYINSTALLER_CONFIG_DIR: join(folder, 'cache'),
    TMPDIR: join(place, 'tmp'),
    TMP: join(place, 'tmp'),
    TEMP: join(place, 'tmp'),
  };
}

/** PyInstaller goes on without a hidden import that it does not find; where it found none of them, the change has changed nothing. */
function refuseUnknown(change: SpecChange, output: string): void {
  const isUnknown = change.every(({ kind, name }) => kind === 'hidden-import' && output.includes(`Hidden import '${name}' not found`));
  if (change.length > 0 && isUnknown) throw new CannotHelp(`the build environment has no ${change.map(({ name }) => name).join(', ')}`);
}

function whyNot(output: string, code: number | null, { skippedLinks }: Workshop): Error {
  const lines = output.split('\n').map((line) => shortLine(line, 300)).filter((line) => line !== '');
  const refusal = lines.findLast((line) => line.includes(cannotBeMade));
  if (refusal !== undefined) return new CannotHelp(refusal.slice(refusal.indexOf(cannotBeMade) + cannotBeMade.length));
  const links = skippedLinks.length === 0 ? '' : '; links that lead out of the project were not copied: ' +
    skippedLinks.slice(0, 5).map(oneLine).join(', ');
  return new NotTried(`a copy of the project does not build (exit code ${code}): ${lines.at(-1) ?? 'it printed nothing'}${links}`);
}

/** The file that was built: of the executable's name, or the only one; in a one-dir build it lies in a folder of its own name. */
function executableIn(dist: string, name: string): string {
  const built = existsSync(dist) ? readdirSync(dist).flatMap((entry) => executableAt(dist, entry)) : [];
  const chosen = built.find((file) => basename(file) === name) ?? (built.length === 1 ? built[0] : undefined);
  if (chosen !== undefined) return chosen;
  const names = built.map((file) => basename(file)).slice(0, 5).join(', ');
  throw new NotTried(`the spec file builds ${built.length === 0 ? 'no executable' : `${names}, and none is called ${name}`}`);
}

function executableAt(dist: string, entry: string): string[] {
  const path = join(dist, entry);
  if (!statSync(path).isDirectory()) return [path];
  return [join(path, entry), join(path, `${entry}.exe`)].filter((file) => existsSync(file) && statSync(file).isFile());
}
