import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import type { Baseline } from '../../../baselines/baseline.ts';
import { NotTried } from '../../../model/not-tried.ts';
import { findOnPath } from '../../../system/tools/on-path.ts';
import { callsFreezer, scriptsOf, specsIn } from './calls.ts';
import { freezingRules, type FreezingRule } from './makefile.ts';
import { findSpec } from './spec-file.ts';

/** What builds the executable, as its user does it in the project's folder. */
export type BuildCommand = {
  /** As a person types it. */
  readonly words: string;
  /** A text is for the shell. */
  readonly run: string | readonly string[];
  /** The spec file that it builds, relative to the project; undefined where it builds without one. */
  readonly spec: string | undefined;
  /** The files of the project in which it calls PyInstaller, relative to it, as far as they can be read. */
  readonly scripts: readonly string[];
};

/** What is known of a project's build. */
export type BuildSource = {
  readonly baseline: Pick<Baseline, 'directory' | 'python' | 'manager'>;
  /** The executable; a spec of its name is taken to be the one that made it. */
  readonly binary: string;
  /** `source` of the contract. */
  readonly named: { readonly build?: string | readonly string[] | undefined; readonly spec?: string | undefined } | undefined;
};

/**
 * The commands that build a project, the likeliest first: what the contract says, and nothing else then; else the makefile's rule that
 * calls PyInstaller, the manager's own `run`, and the environment's pyinstaller.
 * @throws {NotTried} when there is none; the message says what to do.
 */
export function buildCommands(source: BuildSource): BuildCommand[] {
  const { baseline: { directory: project }, named } = source;
  if (named?.build !== undefined) return [namedCommand(named.build, source)];
  const spec = usualSpec(source);
  const rules = findOnPath('make') === undefined ? [] : freezingRules(project);
  const byMake = rules.map((rule) => makeCommand(rule, source)).filter((one, index) => (
    typeof spec !== 'string' || one.spec === spec || (one.spec === undefined && (
      !isNamedLike(spec, source.binary) || writesSpec(rules[index]?.recipe ?? '', spec)
    ))
  ));
  if (typeof spec === 'string') return [...byMake.slice(0, 1), ...plainCommands(spec, source)];
  if (byMake.length === 0) throw new NotTried(`${spec.message}, or its build command as source.build`);
  return byMake.slice(0, 1);
}

function usualSpec({ baseline: { directory }, binary, named }: BuildSource): string | NotTried {
  try {
    return findSpec({ project: directory, binary, named: named?.spec });
  } catch (error) {
    if (error instanceof NotTried) return error;
    throw error;
  }
}

function isNamedLike(spec: string, binary: string): boolean {
  return basename(spec, '.spec') === basename(binary).replace(/\.exe$/i, '');
}

/** Whether PyInstaller, called so without a spec file, writes this one: a change of it would be gone with the next build. */
function writesSpec(recipe: string, spec: string): boolean {
  const name = basename(spec, '.spec');
  const words = recipe.split(/[\s"'=]+/);
  return words.some((word, index) => (word === name && /^(?:--name|-n)$/.test(words[index - 1] ?? '')) || basename(word, '.py') === name);
}

/** What runs PyInstaller of the environment with a spec file. */
function plainCommands(spec: string, { baseline: { directory, manager, python } }: BuildSource): BuildCommand[] {
  const words = `${manager.commands.build.replace(' --clean', '')} ${spec}`;
  const program = join(dirname(python), process.platform === 'win32' ? 'pyinstaller.exe' : 'pyinstaller');
  const direct = existsSync(program) ? [program, spec] : [python, '-m', 'PyInstaller', spec];
  const { runCommand } = manager;
  if (runCommand === undefined) return [{ words, run: direct, spec, scripts: [] }];
  return [{ words, run: [...runCommand, 'pyinstaller', spec], spec, scripts: [] }, {
    words: [shownFrom(directory, direct[0] ?? ''), ...direct.slice(1)].join(' '), run: direct, spec, scripts: [],
  }];
}

/** A program as a person types it in the project's folder. */
function shownFrom(directory: string, program: string): string {
  const inside = relative(directory, program);
  return inside.startsWith('..') || isAbsolute(inside) ? program : inside;
}

function makeCommand({ target, recipe, file }: FreezingRule, source: BuildSource): BuildCommand {
  const { spec, scripts } = readAlong(recipe, source);
  return { words: `make ${target}`, run: ['make', target], spec, scripts: [file, ...scripts] };
}

function namedCommand(build: string | readonly string[], source: BuildSource): BuildCommand {
  const words = [build].flat().join(' ');
  const [, target] = /\bmake\s+([\w./-]+)/.exec(words) ?? [];
  const rule = freezingRules(source.baseline.directory).find((each) => each.target === target);
  const { spec, scripts } = readAlong([words, ...(rule ? [rule.recipe] : [])].join('\n'), source);
  return { words, run: build, spec, scripts: [...(rule ? [rule.file] : []), ...scripts] };
}

/** What the text of a command, and the scripts that it runs, tell of the build. */
function readAlong(text: string, source: BuildSource): Pick<BuildCommand, 'spec' | 'scripts'> {
  const { baseline: { directory: project }, binary, named } = source;
  const scripts = scriptsOf(text, project);
  const texts = [text, ...scripts.map((script) => readFileSync(join(project, script), 'utf8'))];
  const mentioned = texts.flatMap(specsIn);
  const there = [...new Set(mentioned.map((name) => name.replace(/^\.\//, '')))].filter((name) => existsSync(join(project, name)));
  const [only, ...others] = there;
  const spec = there.find((each) => isNamedLike(each, binary)) ?? (others.length === 0 ? only : undefined);
  if (spec !== undefined) return { spec, scripts };
  if (mentioned.length === 0 && texts.some(callsFreezer)) return { spec, scripts };
  return { spec: findSpec({ project, binary, named: named?.spec }), scripts };
}
