import { edits, isInEntry, sum, type Edit, type SpecChange } from './edits.ts';

const hooks = 'PyInstaller.utils.hooks';

/** A change in words for a spec file that nobody has read; a clause without a full stop, so that a sentence may go on. */
export function remedyText(change: SpecChange): string {
  if (change.length === 0) return 'Build again from the locked environment, with pyinstaller --clean';
  const kept = change.filter(({ kind }) => kind === 'keep-source');
  const inEntry = change.filter(isInEntry).map((one) => handText(one));
  const [first = '', ...others] = [
    ...change.filter((one) => !isListed(one) && one.kind !== 'keep-source' && !isInEntry(one)).map((one) => handText(one)),
    ...(kept.length === 0 ? [] : [`Add module_collection_mode={${keptText(kept)}} to Analysis(…) in the spec file`]),
    ...byArgument(change.filter(isListed)).map(([argument, list]) => `Add ${argument}=${sum(list)} to Analysis(…) in the spec file` +
      importText(list)),
    ...inEntry,
  ];
  return [first, ...others.map((clause) => `${clause.slice(0, 1).toLowerCase()}${clause.slice(1)}`)].join(', and ');
}

/** The packages whose source is kept, as entries of a dictionary. */
export function keptText(kept: readonly Edit[]): string {
  return kept.map(({ name }) => `'${name}': 'pyz+py'`).join(', ');
}

/** Whether an edit adds to a list what is known by its name; the others need a hand. */
export function isListed({ kind }: Edit): boolean {
  return !['include', 'module-copy', 'runtime-hook', 'keep-source', 'no-strip', 'no-optimise'].includes(kind) && !isInEntry({ kind });
}

/** Edits by the argument of `Analysis(…)` that they change. */
export function byArgument(change: SpecChange): [argument: string, list: Edit[]][] {
  return [...Map.groupBy(change, ({ kind }) => edits[kind].argument)];
}

/** The line that a spec needs for the functions of PyInstaller that a change calls, but for those that it has; undefined for none. */
export function importLine(change: SpecChange, imported: readonly string[] = []): string | undefined {
  const names = [...new Set(change.flatMap(({ kind }) => edits[kind].hook ?? []))].filter((name) => !imported.includes(name)).toSorted();
  return names.length === 0 ? undefined : `from ${hooks} import ${names.join(', ')}`;
}

function importText(list: readonly Edit[]): string {
  const line = importLine(list);
  return line === undefined ? '' : ` (with ${line} above it)`;
}

/** What an entry script that does as an edit says begins with. */
export function entryText({ kind, name }: Pick<Edit, 'kind' | 'name'>): string {
  if (kind === 'freeze-support') return "import multiprocessing\nif __name__ == '__main__':\n    multiprocessing.freeze_support()";
  return `import runpy, sys\nif getattr(sys, 'frozen', False) and '-m' in sys.argv:
    at = sys.argv.index('-m')
    if sys.argv[at + 1:at + 2] == ['${name}']:
        del sys.argv[1:at + 2]
        runpy.run_module('${name}', run_name='__main__', alter_sys=True)
        sys.exit()`;
}

/** How somebody does by hand what is more than an entry in a list; `named` is what the spec file is called, where that is known. */
export function handText({ kind, name, imports = [], to }: Edit, named?: string): string {
  const [top, spec] = [name.split('.', 1).join(), named ?? 'the spec file'];
  const without = (option: string): string => (named === undefined ? ` (without a spec file: no ${option})` : '');
  switch (kind) {
    case 'include':
      return `Remove '${top}' from excludes=[…] in ${spec}${name.includes('.') ? ` (or '${name}')` : ''}; if it is not there, add ` +
        `hiddenimports=[${imports.map((each) => `'${each}'`).join(', ')}] to Analysis(…)`;
    case 'module-copy':
      return `Put a copy of ${name}.py in a directory listed in Analysis(pathex=[…])`;
    case 'freeze-support':
    case 'run-module':
      return `Write in ${to ?? 'the entry script'}, above all else:\n${entryText({ kind, name })}`;
    case 'no-strip':
      return `Set strip=False in EXE(…), and in COLLECT(…) where there is one, in ${spec}${without('--strip')}`;
    case 'no-optimise':
      return `Set optimize=0 in Analysis(…) and take ('O', None, 'OPTION') out of EXE(…) in ${spec}${without('--optimize')}`;
    default:
      return `Add a runtime hook to Analysis(runtime_hooks=[…]) that contains:\n${name}`;
  }
}
