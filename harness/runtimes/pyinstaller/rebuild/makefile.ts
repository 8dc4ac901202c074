import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { callsFreezer, scriptsOf, specsIn } from './calls.ts';

/** A rule of a makefile that freezes. */
export type FreezingRule = {
  readonly target: string;
  /** Its recipe with variables filled in. */
  readonly recipe: string;
  /** The makefile, relative to the project. */
  readonly file: string;
};

const names = ['GNUmakefile', 'makefile', 'Makefile'];

/**
 * The rules of a project's makefile whose recipe, or a script that it runs, calls PyInstaller, in their order. Nothing is run; what only
 * make can tell (functions, included files) is not read.
 */
export function freezingRules(project: string): FreezingRule[] {
  const file = names.find((name) => existsSync(join(project, name)));
  if (file === undefined) return [];
  const text = readFileSync(join(project, file), 'utf8').replaceAll(/\\\r?\n[ \t]*/g, ' ');
  const { variables, rules } = parse(text.split(/\r?\n/));
  const filled = (given: string) => fill(given, variables);
  return rules.flatMap(({ targets, recipe }) => {
    const lines = filled(recipe.join('\n'));
    const scripts = scriptsOf(lines, project).map((script) => readFileSync(join(project, script), 'utf8'));
    if (!callsFreezer(lines) && !scripts.some((script) => callsFreezer(script) || specsIn(script).length > 0)) return [];
    const target = filled(targets).trim().split(/\s+/).find((name) => /^[\w./-]+$/.test(name) && !name.startsWith('.'));
    return target === undefined ? [] : [{ target, recipe: lines, file }];
  });
}

function parse(lines: readonly string[]) {
  const variables = new Map<string, string>();
  const rules: { readonly targets: string; readonly recipe: string[] }[] = [];
  for (const line of lines) {
    const set = /^(?:export\s+|override\s+)*([\w.-]+)\s*(?:::?:?|\?|\+)?=\s*(.*)$/.exec(line);
    const rule = /^([^\t#:=][^#:=]*?)\s*::?(?!=)([^;=]*)(?:;(.*))?$/.exec(line);
    if (line.startsWith('\t')) rules.at(-1)?.recipe.push(line.replace(/^\t\s*[@+-]*/, ''));
    else if (set?.[1] !== undefined) variables.set(set[1], set[2] ?? '');
    else if (rule?.[1] !== undefined) rules.push({ targets: rule[1], recipe: rule[3] === undefined ? [] : [rule[3]] });
  }
  return { variables, rules };
}

const deepest = 5;

/** `$(NAME)` and `${NAME}` filled in; what nobody set stays. */
function fill(text: string, variables: ReadonlyMap<string, string>, depth = deepest): string {
  if (depth === 0) return text;
  const filled = text.replaceAll(/\$[({]([\w.-]+)[)}]/g, (whole, name: string) => variables.get(name) ?? whole);
  return filled === text ? text : fill(filled, variables, depth - 1);
}
