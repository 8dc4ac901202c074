import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { CannotHelp, NotTried } from '../../../model/not-tried.ts';
import { messageOf } from '../../../model/errors.ts';
import { oneLine, shortLine } from '../../../model/text.ts';
import type { RunFolder } from '../../../system/launch/run-folder.ts';
import { runToEnd } from '../../../system/launch/run-to-end.ts';
import { isInEntry, type SpecChange } from '../hazards/edits.ts';
import type { BuildCommand } from './build-commands.ts';
import { builtFile, programsIn, readRecord } from './built-file.ts';
import { changeCommand } from './changed-command.ts';
import { cannotBeMade, changedSpec, originalSpec } from './changed-spec.ts';
import { editedSources, writeInto, type Editable, type Edited } from './edited.ts';
import { retarget, type Moved } from './copy-environment.ts';
import { lacking } from './lacking.ts';

const deadlineMs = 600_000;

/** A place for private copies of the project, and what builds them. */
export type Workshop = {
  /** The likeliest first; one that does not build goes once another does. */
  readonly commands: BuildCommand[];
  /** Makes the copy anew, as the project is. Returns the links that it lacks because they lead out of the project. */
  readonly layOut: () => Promise<readonly string[]>;
  readonly baseline: Editable['baseline'];
  /** The copy's folder. */
  readonly copy: string;
  /** The environment's folder, which is a copy too; the interpreter's own where it belongs to none. */
  readonly environment: string;
  /** Which folders the copies stand for. */
  readonly moved: readonly Moved[];
  /** What the executable is called, with `.exe` where it has that. */
  readonly binaryName: string;
  /** Where everything else goes that a build makes; PyInstaller's own cache is shared by all builds. */
  readonly folder: string;
  readonly run: RunFolder;
  readonly signal: AbortSignal;
};

/** An executable, and how it came about. */
export type Built = {
  readonly binary: string;
  /** The command that built it, as a person types it. */
  readonly command: string;
  /** Why likelier commands did not, each in one sentence. */
  readonly failed: readonly string[];
  /** What was built, as a change of the project's own files; undefined where it was made while the spec ran. */
  readonly patch?: string | undefined;
};

/**
 * Builds a fresh copy with a change by the user's own command, named `name` among the builds; the build's output goes to `log`. A command
 * that was found, not told, may be the wrong one: where it does not build, the next one is tried.
 * @throws {NotTried} when the copy cannot be built.
 * @throws {CannotHelp} when the change itself is impossible.
 */
export async function buildChanged(workshop: Workshop, change: SpecChange, name: string, log: string): Promise<Built> {
  const failures: NotTried[] = [];
  for (const command of workshop.commands) {
    const begunMs = performance.now();
    try {
      const { binary, patch } = await buildWith(command, workshop, change, name, log);
      workshop.commands.splice(0, workshop.commands.length, command);
      return { binary, command: command.words, failed: failures.map(messageOf), patch };
    } catch (error) {
      // What takes too long with one command takes it with another.
      if (!(error instanceof NotTried) || workshop.signal.aborted || performance.now() - begunMs > deadlineMs) throw error;
      failures.push(error);
    }
  }
  throw failures[0] ?? new NotTried('there is no command that builds the project');
}

async function buildWith(
  command: BuildCommand, workshop: Workshop, change: SpecChange, name: string, log: string,
): Promise<{ readonly binary: string; readonly patch: string | undefined }> {
  const { copy, folder, run, signal } = workshop;
  const place = join(folder, name);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(join(place, 'tmp'), { recursive: true });
  const skippedLinks = await workshop.layOut();
  const made = join(place, 'made');
  const inBuild = change.filter((edit) => !isInEntry(edit));
  const what = command.spec === undefined ? changeCommand(command, inBuild, copy, workshop.environment) : command.run;
  const edited = await editedIn(workshop, command, change);
  if (command.spec !== undefined) replaceSpec(join(copy, command.spec), changedSpec(change, made, edited.whole));
  const before = programsIn(copy);
  writeFileSync(log, `${command.words}\n`, { flag: 'a' });
  const [file = '', ...args] = typeof what === 'string' ? inShell(what) : what.map((word) => retarget(word, workshop.moved));
  const environment = environmentOf(workshop, place);
  const code = await runToEnd({
    what: 'the build', file, args, cwd: copy, environment, log, deadlineMs, graceMs: 2_000, run, signal,
  });
  if (code !== 0) throw whyNot(readFileSync(log, 'utf8'), code, command.words, skippedLinks);
  const told = readRecord(join(made, 'record.json'));
  if (command.spec !== undefined && told === undefined) throw new NotTried(`${command.words} does not build ${command.spec}; name the ` +
    'right one as source.spec in the contract');
  const binary = builtFile({ folder: copy, name: workshop.binaryName, told, before });
  const lack = await lacking(change, binary);
  if (lack.length > 0) throw new CannotHelp(`built by ${command.words}, the executable still has no ${lack.join(', ')}`);
  return { binary, patch: edited.whole ? edited.patch : undefined };
}

/** Writes the change into the texts of the copy, as far as that can be done; of a build without a spec file it is written already. */
async function editedIn({ baseline, copy, environment }: Workshop, { spec, scripts }: BuildCommand, change: SpecChange): Promise<Edited> {
  const written = spec === undefined ? scripts.map((path) => [path, readFileSync(join(copy, path), 'utf8')] as const) : [];
  const own = written.filter(([path, text]) => readFileSync(join(baseline.directory, path), 'utf8') !== text);
  const edited = await editedSources(change, { baseline, environment, spec, also: Object.fromEntries(own) });
  writeInto(copy, edited.files);
  // A command of the contract is none of the project's texts.
  const isTold = spec !== undefined || own.length > 0 || change.every(isInEntry);
  return { ...edited, whole: edited.whole && isTold };
}

/** Puts the text in place of the spec; the original is kept beside it. */
function replaceSpec(file: string, text: string): void {
  renameSync(file, join(dirname(file), originalSpec));
  writeFileSync(file, text);
}

function inShell(text: string): string[] {
  return process.platform === 'win32' ? [process.env['ComSpec'] ?? 'cmd.exe', '/d', '/s', '/c', text] : ['/bin/sh', '-c', text];
}

/** What npm, and a make around it, say of the command that this run is a part of. */
const notTheirs = /^(?:npm_|INIT_CWD$|NODE$|MAKE(?:FLAGS|LEVEL|OVERRIDES)$|MFLAGS$)/i;

/**
 * The user's own environment, as in a shell in which the project's environment is active; nothing is written outside the run's folder.
 */
function environmentOf({ folder, environment, moved }: Workshop, place: string): NodeJS.ProcessEnv {
  const theirs = Object.entries(process.env).filter(([name]) => !notTheirs.test(name));
  const variables = Object.fromEntries(theirs.map(([name, value = '']): [string, string] => [name, retarget(value, moved)]));
  const { PATH = '' } = variables;
  const folders = PATH.split(delimiter).filter((path) => !path.endsWith(join('node_modules', '.bin')));
  const programs = join(environment, process.platform === 'win32' ? 'Scripts' : 'bin');
  return {
    ...variables,
    ...(moved.some(([, to]) => to === environment) ? { VIRTUAL_ENV: environment } : {}),
    PATH: [programs, ...folders].join(delimiter),
    UV_NO_SYNC: '1', // it is in step as far as it was when the user built
    PYINSTALLER_CONFIG_DIR: join(folder, 'cache'),
    TMPDIR: join(place, 'tmp'),
    TMP: join(place, 'tmp'),
    TEMP: join(place, 'tmp'),
  };
}

function whyNot(output: string, code: number | null, words: string, skippedLinks: readonly string[]): Error {
  const lines = output.split('\n').map((line) => shortLine(line, 300)).filter((line) => line !== '');
  const refusal = lines.findLast((line) => line.includes(cannotBeMade));
  if (refusal !== undefined) return new CannotHelp(`the change cannot be made by ${words}: ` +
    refusal.slice(refusal.indexOf(cannotBeMade) + cannotBeMade.length));
  const links = skippedLinks.length === 0 ? '' : '; links that lead out of the project were not copied: ' +
    skippedLinks.slice(0, 5).map(oneLine).join(', ');
  const last = lines.length > 1 ? lines.at(-1) : 'it printed nothing';
  return new NotTried(`${words} does not build a copy of the project (exit code ${code}): ${last}${links}`);
}
