import type { Finding } from '../../../model/report.ts';

/** One thing that is done to what the spec gives to `Analysis(…)`. Names in it are harmless: see `changeOf`. */
export type SpecEdit =
  /** `hiddenimports` gets a module. */
  | { readonly kind: 'hidden-import'; readonly module: string }
  /** `hiddenimports` gets every module of a package. */
  | { readonly kind: 'submodules'; readonly package: string }
  /** `datas` gets the data files of a package. */
  | { readonly kind: 'package-data'; readonly package: string }
  /** `datas` gets a file that lies beside the spec. */
  | { readonly kind: 'data-file'; readonly file: string }
  /** `datas` gets the metadata of a distribution. */
  | { readonly kind: 'metadata'; readonly distribution: string }
  /** `excludes` loses a module and the packages that it is in; where they are not there, `hiddenimports` gets the modules. */
  | { readonly kind: 'include'; readonly module: string; readonly imports: readonly string[] }
  /** `excludes` gets a module. */
  | { readonly kind: 'exclude'; readonly module: string }
  /** `pathex` gets a folder with a copy of the file of a top-level module. */
  | { readonly kind: 'module-copy'; readonly module: string }
  /** `runtime_hooks` gets a script with this text. */
  | { readonly kind: 'runtime-hook'; readonly text: string }
  /** `module_collection_mode` keeps the source of a package beside its bytecode. */
  | { readonly kind: 'keep-source'; readonly package: string };

/** Everything that one remedy changes in a spec; nothing at all where building anew is the remedy. Plain data. */
export type SpecChange = readonly SpecEdit[];

/** A remedy that is "build it again". */
export const rebuild: SpecChange = [];

const openHook = 'import io, pyimod01_archive, pyimod02_importers\npyimod01_archive.open = io.open\npyimod02_importers.open = io.open';

/** Longer than any name of a real project. */
const longestName = 200;

/** Above this the list is no remedy that anybody would write. */
const mostModules = 200;

const changes: Readonly<Record<string, (args: Finding['args']) => SpecChange | undefined>> = {
  'BC-01': ({ module }) => edit(moduleOf(module), (name) => ({ kind: 'module-copy', module: topOf(name) })),
  'BC-02': (args) => (
    args['module'] === undefined ? hiddenImports(args['modules'] ?? args['package']?.replaceAll('-', '_')) : missingModules(args)
  ),
  'BC-03': ({ namespace, module, modules = module }) => hiddenImports(modules === undefined ? 'tiktoken_ext, ' +
    'tiktoken_ext.openai_public' : [namespace, modules].filter((name) => name !== undefined).join(', ')),
  'BC-04': ({ file, package: owner }) => dataOf(file, owner),
  'BC-05': ({ distribution }) => edit(distributionOf(distribution), (name) => ({ kind: 'metadata', distribution: name })),
  'BC-06': ({ distribution, module, target }) => both(
    edit(distributionOf(distribution), (name) => ({ kind: 'metadata', distribution: name })),
    edit(moduleOf((module ?? target)?.split(':')[0]), (name) => ({ kind: 'hidden-import', module: name })),
  ),
  'BC-07': ({ module, modules = module }) => {
    const imports = modulesOf(modules);
    return imports && edit(moduleOf(module), (name) => ({ kind: 'include', module: name, imports }));
  },
  'BC-08': ({ module }) => edit(moduleOf(module), (name) => ({ kind: 'exclude', module: name })),
  'BC-10': () => rebuild,
  'BC-12': (args) =>
    args['modules'] === undefined && args['package'] === undefined
      ? edit(moduleOf(args['module']), (name) => ({ kind: 'submodules', package: name.split('.').slice(0, 2).join('.') }))
      : missingModules(args),
  'BC-13': (args) => edit(moduleOf(args['package'] ?? args['module']), (name) => ({ kind: 'keep-source', package: topOf(name) })),
  'TW-17': () => [{ kind: 'hidden-import', module: 'temporalio.worker.workflow_sandbox._in_sandbox' }],
  'TW-18': () => [{ kind: 'runtime-hook', text: openHook }],
};

/**
 * The change of the spec that is the remedy of a finding; undefined where the remedy is something else, or where a captured name is
 * none that Python or a package index would take: names may come from a hostile log.
 */
export function changeOf({ hazard, args }: Pick<Finding, 'hazard' | 'args'>): SpecChange | undefined {
  return Object.hasOwn(changes, hazard) ? changes[hazard]?.(args) : undefined;
}

/** Named each, or as the package that they all are in where they are many. */
function missingModules({ module, package: owner, modules = module }: Finding['args']): SpecChange | undefined {
  return owner === undefined ? hiddenImports(modules) : edit(moduleOf(owner), (name) => ({ kind: 'submodules', package: name }));
}

function hiddenImports(names: string | undefined): SpecChange | undefined {
  return modulesOf(names)?.map((module) => ({ kind: 'hidden-import', module }));
}

/** `package/texts/greeting.txt` is found with its package, `greeting.txt` beside the spec. */
function dataOf(file: string | undefined, owner?: string): SpecChange | undefined {
  const parts = file?.split(/[\\/]+/) ?? [];
  const good = parts.length <= 40 && parts.every(
    (part) => part.length <= longestName && /^\.?[\w@+-][\w .@+-]*$/.test(part) && !part.startsWith('..'),
  );
  const [first, ...rest] = parts;
  if (!good || first === undefined) return undefined;
  return rest.length === 0
    ? [{ kind: 'data-file', file: first }]
    : edit(moduleOf(owner ?? first), (name) => ({ kind: 'package-data', package: name }));
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

function topOf(module: string): string {
  return module.split('.')[0] ?? module;
}

function edit(name: string | undefined, make: (name: string) => SpecEdit): SpecChange | undefined {
  return name === undefined ? undefined : [make(name)];
}

function both(first: SpecChange | undefined, second: SpecChange | undefined): SpecChange | undefined {
  return first && second && [...first, ...second];
}
