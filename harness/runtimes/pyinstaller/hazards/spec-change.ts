import type { Args } from '../../../model/hazard-table.ts';
import type { Finding } from '../../../model/report.ts';

type Named = { readonly name: string; readonly imports?: readonly string[] };

/** What can be done to what the spec gives to `Analysis(…)`, and how somebody does it by hand: a clause without a full stop. */
const clauses = {
  /** `hiddenimports` gets a module. */
  'hidden-import': ({ name }) => `Add hiddenimports=${listed([name])} to Analysis(…) in the spec file`,
  /** `hiddenimports` gets every module of a package. */
  submodules: ({ name }) => `Add hiddenimports += collect_submodules('${name}') to the spec file`,
  /** `datas` gets the data files of a package. */
  'package-data': ({ name }) => `Add datas += collect_data_files('${name}') to the spec file`,
  /** `datas` gets a file that lies beside the spec. */
  'data-file': ({ name }) => `Add datas=[('${name}', '.')] to Analysis(…) in the spec file`,
  /** `datas` gets the metadata of a distribution. */
  metadata: ({ name }) => `Add datas += copy_metadata('${name}') to the spec file`,
  /** `excludes` loses a module and the packages that it is in; where they are not there, `hiddenimports` gets `imports`. */
  include: ({ name, imports = [] }) =>
    `Remove '${name.split('.', 1).join()}' from excludes=[…] in the spec file${name.includes('.') ? ` (or '${name}')` : ''}; if it is ` +
      `not there, add hiddenimports=${listed(imports)} to Analysis(…)`,
  /** `excludes` gets a module. */
  exclude: ({ name }) => `Add excludes=['${name}'] to Analysis(…) in the spec file`,
  /** `pathex` gets a folder with a copy of the file of a top-level module. */
  'module-copy': ({ name }) => `Put a copy of ${name}.py in a directory listed in Analysis(pathex=[…])`,
  /** `runtime_hooks` gets a script whose text is the name. */
  'runtime-hook': ({ name }) => `Add a runtime hook to Analysis(runtime_hooks=[…]) that contains:\n${name}`,
  /** `module_collection_mode` keeps the source of a package beside its bytecode. */
  'keep-source': ({ name }) => `Add module_collection_mode={'${name}': 'pyz+py'} to Analysis(…) in the spec file`,
} as const satisfies Record<string, (edit: Named) => string>;

type EditKind = keyof typeof clauses;

/** Everything that one remedy changes in a spec, all its names harmless; nothing at all where building anew is the remedy. Plain data. */
export type SpecChange = readonly (Named & { readonly kind: EditKind })[];

const openHook = 'import io, pyimod01_archive, pyimod02_importers\npyimod01_archive.open = io.open\npyimod02_importers.open = io.open';

/** Longer than any name of a real project. */
const longestName = 200;

/** Above this the list is no remedy that anybody would write. */
const mostModules = 200;

const changes: Readonly<Record<string, (args: Args) => SpecChange | undefined>> = {
  'BC-01': ({ module }) => edit('module-copy', moduleOf(module)?.split('.')[0]),
  'BC-02': (args) =>
    (args['module'] === undefined ? hiddenImports(args['modules'] ?? args['package']?.replaceAll('-', '_')) : missingModules(args)),
  'BC-03': ({ namespace, module, modules = module }) => {
    if (modules === undefined) return hiddenImports('tiktoken_ext, tiktoken_ext.openai_public');
    return hiddenImports(namespace === undefined ? modules : `${namespace}, ${modules}`);
  },
  'BC-04': ({ file, package: owner }) => dataOf(file, owner),
  'BC-05': ({ distribution }) => edit('metadata', distributionOf(distribution)),
  'BC-06': ({ distribution, module, target }) => {
    const metadata = edit('metadata', distributionOf(distribution));
    const code = edit('hidden-import', moduleOf((module ?? target)?.split(':')[0]));
    return metadata && code && [...metadata, ...code];
  },
  'BC-07': ({ module, modules = module }) => {
    const imports = modulesOf(modules);
    return imports && edit('include', moduleOf(module))?.map((one) => ({ ...one, imports }));
  },
  'BC-08': ({ module }) => edit('exclude', moduleOf(module)),
  'BC-10': () => [],
  'BC-12': (args) =>
    (args['modules'] === undefined && args['package'] === undefined
      ? edit('submodules', moduleOf(args['module'])?.split('.').slice(0, 2).join('.'))
      : missingModules(args)),
  'BC-13': (args) => edit('keep-source', moduleOf(args['package'] ?? args['module'])?.split('.')[0]),
  'TW-17': () => edit('hidden-import', 'temporalio.worker.workflow_sandbox._in_sandbox'),
  'TW-18': () => edit('runtime-hook', openHook),
};

/**
 * The change of the spec that is the remedy of a finding; undefined where the remedy is something else, or where a captured name is
 * none that Python or a package index would take: names may come from a hostile log.
 */
export function changeOf({ hazard, args }: Pick<Finding, 'hazard' | 'args'>): SpecChange | undefined {
  return Object.hasOwn(changes, hazard) ? changes[hazard]?.(args) : undefined;
}

/** A change in words, with the exact text to put into the spec; without a full stop, so that a sentence may go on. */
export function remedyText(change: SpecChange): string {
  if (change.length === 0) return 'Build again from the locked environment, with pyinstaller --clean';
  const imports = change.flatMap(({ kind, name }) => (kind === 'hidden-import' ? [name] : []));
  const [first = '', ...others] = [
    ...change.filter(({ kind }) => kind !== 'hidden-import').map((one) => clauses[one.kind](one)),
    ...(imports.length === 0 ? [] : [`Add hiddenimports=${listed(imports)} to Analysis(…) in the spec file`]),
  ];
  return [first, ...others.map((clause) => `${clause.slice(0, 1).toLowerCase()}${clause.slice(1)}`)].join(', and ');
}

/** The change for a hazard in words; for names that no spec file could hold, that they are the thing to look at. */
export function remedyFor(hazard: string, args: Args): string {
  const change = changeOf({ hazard, args });
  return change === undefined ? 'Look at the line: what it names is no name that a spec file could hold' : remedyText(change);
}

function edit(kind: EditKind, name: string | undefined): SpecChange | undefined {
  return name === undefined ? undefined : [{ kind, name }];
}

/** Named each, or as the package that they all are in where they are many. */
function missingModules({ module, package: owner, modules = module }: Args): SpecChange | undefined {
  return owner === undefined ? hiddenImports(modules) : edit('submodules', moduleOf(owner));
}

function hiddenImports(names: string | undefined): SpecChange | undefined {
  return modulesOf(names)?.map((name) => ({ kind: 'hidden-import', name }));
}

/** `package/texts/greeting.txt` is found with its package, `greeting.txt` beside the spec. */
function dataOf(file: string | undefined, owner?: string): SpecChange | undefined {
  const parts = file?.split(/[\\/]+/) ?? [];
  const good = parts.length <= 40 && parts.every(
    (part) => part.length <= longestName && /^\.?[\w@+-][\w .@+-]*$/.test(part) && !part.startsWith('..'),
  );
  const [first, ...rest] = parts;
  if (!good || first === undefined) return undefined;
  return rest.length === 0 ? edit('data-file', first) : edit('package-data', moduleOf(owner ?? first));
}

/** The names of a list with commas; undefined when one of them is none. */
function modulesOf(list: string | undefined): string[] | undefined {
  const names = list?.split(/, ?/, mostModules + 1) ?? [''];
  const modules = names.flatMap((name) => moduleOf(name) ?? []);
  return modules.length === names.length && modules.length <= mostModules ? modules : undefined;
}

function moduleOf(text: string | undefined): string | undefined {
  return text !== undefined && text.length <= longestName && /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(text) ? text : undefined;
}

/** The form of a distribution's name: PyPA specifications, "Names and normalization". */
function distributionOf(text: string | undefined): string | undefined {
  return text !== undefined && text.length <= longestName && /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(text) ? text : undefined;
}

function listed(modules: readonly string[]): string {
  return `[${modules.map((module) => `'${module}'`).join(', ')}]`;
}
