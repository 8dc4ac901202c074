import { edits, isInEntry, sum, type Edit, type SpecChange } from './edits.ts';
import { byArgument, handText, importLine, isListed, keptText } from './in-words.ts';

/** What a spec gives for one argument of `Analysis(…)`: a list as it stands there, a variable that the spec made, or anything else. */
export type Argument = { readonly kind: 'list' | 'variable' | 'other'; readonly source: string };

/** A line after `Analysis(…)` that takes entries out of one of its tables of contents, with the texts that it goes by. */
export type TocFilter = {
  readonly table: 'binaries' | 'datas'; readonly line: number; readonly source: string; readonly literals: readonly string[];
};

/** How a project is built, as far as the words of a remedy depend on it. */
export type BuildForm =
  | {
    readonly kind: 'spec';
    /** As a person names it, seen from the project. */
    readonly file: string;
    readonly arguments: Readonly<Record<string, Argument>>;
    /** What it has already from PyInstaller.utils.hooks. */
    readonly imported: readonly string[];
    readonly filters: readonly TocFilter[];
    /** The modules that excludes=[…] names. */
    readonly excluded: readonly string[];
  }
  | { readonly kind: 'options'; /** Where the call of pyinstaller stands, for example "the Makefile". */ readonly place: string };

/** Longer than this a list is not repeated. */
const longest = 160;

/**
 * A change in the words of this very build, to be pasted: lines for the spec file, or options for the call of pyinstaller; undefined where
 * there is nothing of that kind.
 */
export function inForm(change: SpecChange, form: BuildForm): string | undefined {
  if (change.length === 0) return undefined;
  return form.kind === 'spec' ? inSpec(change, form) : inOptions(change, form.place);
}

/** What excludes=[…] of a spec file names of a module: it, or a package that it is in. */
export function exclusionOf(name: string, excluded: readonly string[]): string | undefined {
  return excluded.find((each) => each === name || name.startsWith(`${each}.`));
}

function inSpec(change: SpecChange, { file, arguments: given, imported, excluded }: Extract<BuildForm, { kind: 'spec' }>): string {
  const listed = byArgument(change.filter(isListed));
  const isVariable = (argument: string) => given[argument]?.kind === 'variable';
  const line = importLine(change.filter(isListed), imported);
  const above = [
    ...(line === undefined ? [] : [line]),
    ...listed.flatMap(([argument, list]) => (isVariable(argument) ? [`${given[argument]?.source} += ${sum(list)}`] : [])),
  ];
  const within = listed.flatMap(([argument, list]) => (
    isVariable(argument) ? [] : [`${argument}=${together(given[argument], sum(list))},`]
  ));
  const kept = change.filter(({ kind }) => kind === 'keep-source');
  within.push(...keptSources(kept, given['module_collection_mode']));
  const hand = change.filter((one) => !isListed(one) && !kept.includes(one)).map((one) => {
    const excludedName = one.kind === 'include' ? exclusionOf(one.name, excluded) : undefined;
    return excludedName === undefined ? handText(one, file) : `Take '${excludedName}' out of excludes=[…] in ${file}`;
  });
  const [only, ...others] = [...above.map((text) => `${text} above Analysis(…)`), ...within.map((text) => (
    `${text.slice(0, -1)} in Analysis(…)`
  ))];
  if (only !== undefined && others.length === 0 && hand.length === 0) return `In ${file} write ${only}`;
  const blocks = [
    ...(above.length === 0 ? [] : [`above Analysis(…):\n${above.join('\n')}`]),
    ...(within.length === 0 ? [] : [`in Analysis(…):\n${within.join('\n')}`]),
  ];
  return [...hand, ...(blocks.length === 0 ? [] : [`In ${file}, ${blocks.join('\nand ')}`])].join('\n');
}

/** The packages whose source is kept, beside those that the spec keeps already. */
function keptSources(kept: readonly Edit[], given: Argument | undefined): string[] {
  if (kept.length === 0) return [];
  const own = given === undefined || given.source === 'None' ? [] : [`**${shown(given.source)}`];
  return [`module_collection_mode={${[...own, keptText(kept)].join(', ')}},`];
}

/** What an argument becomes. */
function together(argument: Argument | undefined, added: string): string {
  if (argument === undefined || argument.source === 'None') return added;
  const { kind, source } = argument;
  if (kind === 'list' && added.startsWith('[')) {
    const inner = source.slice(1, -1).trim().replace(/,$/, '');
    return inner === '' ? added : `[${shown(inner)}, ${added.slice(1)}`;
  }
  return source === '[]' ? added : `${shown(source)} + ${added}`;
}

function shown(source: string): string {
  return source.length > longest || source.includes('\n') ? '…' : source;
}

function inOptions(whole: SpecChange, place: string): string | undefined {
  const change = whole.filter((edit) => !isInEntry(edit));
  const hand = whole.filter(isInEntry).map((edit) => handText(edit)).join('\n');
  if (change.length === 0) return hand;
  const options = optionsOf(change);
  if (options === undefined) return undefined;
  const written = options.map(({ option, value }) => `${option} ${value}`);
  const hooks = change.flatMap(({ kind, name }) => (kind === 'runtime-hook' ? [`, where ${hookFile} contains:\n${name}`] : []));
  const copies = change.flatMap(({ kind, name }) => (kind === 'module-copy' ? [`, a folder with a copy of ${name}.py`] : []));
  const gone = change.flatMap(({ kind, name }) => (
    kind === 'include' ? [`; take out --exclude-module ${name.split('.', 1).join()} if it is there`] : []
  ));
  const added = `Add ${written.join(' ')} to the call of pyinstaller in ${place}${[...copies, ...gone, ...hooks].join('')}`;
  return hand === '' ? added : `${hand}\n${added}`;
}

/** What the script of a runtime hook is called where there is none yet, and the folder for copies of modules. */
export const hookFile = 'frozen_hook.py';
export const copiesFolder = 'frozen_modules';

/** The options of pyinstaller that make a change; undefined where it has none for it. */
export function optionsOf(change: SpecChange): { readonly option: string; readonly value: string }[] | undefined {
  const all = change.filter((edit) => !isInEntry(edit)).map(({ kind, name, to, python, patterns = [], imports = [] }) => {
    const { option } = edits[kind];
    if (option === undefined || patterns.length > 0) return undefined;
    if (kind === 'include') return imports.map((each) => ({ option: '--hidden-import', value: each }));
    if (kind === 'runtime-hook') return [{ option, value: hookFile }];
    if (kind === 'module-copy') return [{ option, value: copiesFolder }];
    if (kind === 'data' || kind === 'library') return [{ option, value: quoted(`${name}:${to ?? '.'}`) }];
    // --collect-data leaves sources out.
    return [{ option: python ? '--collect-all' : option, value: name }];
  });
  return all.includes(undefined) ? undefined : all.flatMap((options) => options ?? []);
}

function quoted(text: string): string {
  return text.includes(' ') ? `"${text}"` : text;
}
