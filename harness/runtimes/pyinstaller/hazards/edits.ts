/**
 * What can be done to what a build gives to `Analysis(…)`, each with the argument that it changes and the command-line option that does the
 * same where there is no spec file.
 * Sources: PyInstaller's manual, "Using Spec Files" and "Using PyInstaller", and PyInstaller/building/makespec.py.
 */
const rows = {
  /** `hiddenimports` gets a module. */
  'hidden-import': { argument: 'hiddenimports', option: '--hidden-import' },
  /** `hiddenimports` gets every module of a package. */
  submodules: { argument: 'hiddenimports', option: '--collect-submodules', hook: 'collect_submodules' },
  /** `datas` gets the data files of a package; with `python` its sources too. */
  'package-data': { argument: 'datas', option: '--collect-data', hook: 'collect_data_files' },
  /** `datas` gets a file or folder of the project, by its path from the spec file's folder, in the folder `to` of the bundle. */
  data: { argument: 'datas', option: '--add-data' },
  /** `binaries` gets the libraries of a package whose file names match `patterns`; without them PyInstaller's own. */
  libraries: { argument: 'binaries', option: '--collect-binaries', hook: 'collect_dynamic_libs' },
  /** `binaries` gets a library of the project, as `data` does. */
  library: { argument: 'binaries', option: '--add-binary' },
  /** `datas` gets the metadata of a distribution. */
  metadata: { argument: 'datas', option: '--copy-metadata', hook: 'copy_metadata' },
  /** `excludes` loses a module and the packages that it is in; where they are not there, `hiddenimports` gets `imports`. */
  include: { argument: 'excludes', option: '--exclude-module' },
  /** `excludes` gets a module. */
  exclude: { argument: 'excludes', option: '--exclude-module' },
  /** `pathex` gets a folder with a copy of the file of a top-level module. */
  'module-copy': { argument: 'pathex', option: '--paths' },
  /** `runtime_hooks` gets a script whose text is the name. */
  'runtime-hook': { argument: 'runtime_hooks', option: '--runtime-hook' },
  /** `module_collection_mode` keeps the source of a package beside its bytecode. */
  'keep-source': { argument: 'module_collection_mode' },
  /** `strip` of `EXE(…)` and `COLLECT(…)` is off. */
  'no-strip': { argument: 'strip' },
  /** `optimize` is 0, and no option O is baked in. */
  'no-optimise': { argument: 'optimize' },
  /** The entry script `to` calls multiprocessing.freeze_support() first. */
  'freeze-support': { argument: 'scripts' },
  /** The entry script `to` runs the module where the frozen worker is started as `python -m` with its name. */
  'run-module': { argument: 'scripts' },
} as const satisfies Record<string, Row>;

type Row = { readonly argument: string; readonly option?: string; readonly hook?: string };

export type EditKind = keyof typeof rows;

/** What each kind of edit changes, by its name. */
export const edits: Readonly<Record<EditKind, Row>> = rows;

/** One of them, about something whose name is harmless. Plain data. */
export type Edit = {
  readonly kind: EditKind;
  readonly name: string;
  readonly imports?: readonly string[];
  readonly to?: string;
  /** The files that are missing, of which `name` is the package; `python` where one of them is source. */
  readonly files?: readonly string[];
  readonly python?: true;
  readonly patterns?: readonly string[];
};

/** Everything that one remedy changes; nothing at all where building anew is the remedy. */
export type SpecChange = readonly Edit[];

/** Whether an edit changes the entry script and not the build. */
export function isInEntry({ kind }: Pick<Edit, 'kind'>): boolean {
  return kind === 'freeze-support' || kind === 'run-module';
}

/** What an edit adds to the list that its argument is, in Python. */
export function addition({ kind, name, to = '.', python, patterns = [] }: Edit): { readonly item: string } | { readonly call: string } {
  const { hook } = edits[kind];
  const searched = patterns.length === 0 ? '' : `, search_patterns=[${patterns.map((each) => `'${each}'`).join(', ')}]`;
  const how = python ? ', include_py_files=True' : searched;
  if (hook !== undefined) return { call: `${hook}('${name}'${how})` };
  return { item: kind === 'data' || kind === 'library' ? `('${name}', '${to}')` : `'${name}'` };
}

/** The same for several edits of one argument: `['a', 'b'] + copy_metadata('c')`. */
export function sum(list: readonly Edit[]): string {
  const added = list.map(addition);
  const items = added.flatMap((one) => ('item' in one ? [one.item] : []));
  const calls = added.flatMap((one) => ('call' in one ? [one.call] : []));
  return [...(items.length > 0 ? [`[${items.join(', ')}]`] : []), ...new Set(calls)].join(' + ');
}
