import { posix } from 'node:path';
import type { Args } from '../../../model/hazard-table.ts';
import type { Finding } from '../../../model/report.ts';
import { isLibraryName } from '../roles.ts';
import type { EditKind, SpecChange } from './edits.ts';
import { remedyText } from './in-words.ts';

const openHook = 'import io, pyimod01_archive, pyimod02_importers\npyimod01_archive.open = io.open\npyimod02_importers.open = io.open';

/** Longer than any name of a real project. */
const longestName = 200;

/** Above this the list is no remedy that anybody would write. */
const mostModules = 200;
const mostFiles = 500;

/** More modules than these are named by their package. */
const mostListed = 40;

const changes: Readonly<Record<string, (args: Args) => SpecChange | undefined>> = {
  'BC-01': ({ module }) => edit('module-copy', moduleOf(module)?.split('.')[0]),
  'BC-02': (args) =>
    (args['module'] === undefined ? hiddenImports(args['modules'] ?? args['package']?.replaceAll('-', '_')) : missingModules(args)),
  'BC-03': ({ namespace, module, modules = module, package: owner, by }) => {
    if (owner !== undefined) return listedModules(owner, modules, by);
    if (modules === undefined) return hiddenImports('tiktoken_ext, tiktoken_ext.openai_public');
    return hiddenImports(namespace === undefined ? modules : `${namespace}, ${modules}`);
  },
  'BC-04': ({ file, files, source, package: owner, libraries, imports }) => {
    if (libraries !== undefined || isLibraryName(file ?? '')) return librariesOf(libraries ?? file);
    const data = source === undefined ? dataOf(file, files, owner) : dataAtTop(source);
    const code = imports === undefined ? [] : hiddenImports(imports);
    return data && code && [...data, ...code];
  },
  'BC-05': ({ distribution, distributions = distribution }) => {
    const names = distributions?.split(', ').map(distributionOf);
    return names?.every((name) => name !== undefined) ? names.map((name) => ({ kind: 'metadata', name })) : undefined;
  },
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
  'BC-13': ({ module, package: owner = module, modules }) => (modules === undefined
    ? edit('keep-source', moduleOf(owner)?.split('.')[0])
    : modulesOf(modules)?.map((name) => ({ kind: 'keep-source', name }))),
  'BC-17': () => edit('no-optimise', 'optimize'),
  'EN-15': () => edit('no-optimise', 'optimize'),
  'NA-12': () => edit('no-strip', 'strip'),
  // No process of loky's goes by it.
  'PM-10': ({ pool }) => (pool === 'loky' ? undefined : edit('freeze-support', 'multiprocessing')),
  'PM-09': ({ module }) => {
    const code = hiddenImports(module ?? '');
    return module === undefined || code === undefined ? undefined : [...code, { kind: 'run-module', name: module }];
  },
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

/** The change for a hazard in words; for names that no spec file could hold, that they are the thing to look at. */
export function remedyFor(hazard: string, args: Args): string {
  const change = changeOf({ hazard, args });
  return change === undefined ? 'Look at the line: what it names is no name that a spec file could hold' : remedyText(change);
}

function edit(kind: EditKind, name: string | undefined): SpecChange | undefined {
  return name === undefined ? undefined : [{ kind, name }];
}

/** Named each, or as the package that they all are in where they are many. */
function missingModules({ module, package: owner, modules = module, neighbours }: Args): SpecChange | undefined {
  const all = neighbours === undefined ? modules : `${modules}, ${neighbours}`;
  return owner === undefined ? hiddenImports(all) : edit('submodules', moduleOf(owner));
}

function hiddenImports(names: string | undefined): SpecChange | undefined {
  return modulesOf(names)?.map((name) => ({ kind: 'hidden-import', name }));
}

/** What is looked for by its files needs its files; that a frozen program can import it as well needs its code. */
function listedModules(owner: string, modules: string | undefined, by: string | undefined): SpecChange | undefined {
  const names = modulesOf(modules);
  const found = names === undefined || names.length > mostListed ? edit('submodules', moduleOf(owner)) : hiddenImports(modules);
  const files = by === 'files' ? edit('keep-source', moduleOf(owner)) : [];
  return found && files && [...files, ...found];
}

/** Of one package; PyInstaller itself looks for lib*.so, *.dll and *.dylib. */
function librariesOf(listed: string | undefined): SpecChange | undefined {
  const files = listed?.split(/, ?/, mostFiles + 1).map((path) => path.split(/[\\/]+/)) ?? [];
  const [first = []] = files;
  const owner = moduleOf(first[0]);
  if (files.length === 0 || files.length > mostFiles || !files.every(isHarmless)) return undefined;
  const paths = files.map((parts) => parts.join('/'));
  if (first.length === 1) return paths.map((name) => ({ kind: 'library', name, to: '.' }));
  const patterns = [...new Set(paths.map((path) => patternOf(posix.basename(path))))];
  const own = patterns.every((pattern) => pattern === undefined);
  const named = own ? [] : patterns.map((pattern) => pattern ?? 'lib*.so');
  return owner === undefined ? undefined : [{ kind: 'libraries', name: owner, files: paths, ...(!own && { patterns: named }) }];
}

/** Undefined where PyInstaller looks for such names by itself. */
function patternOf(name: string): string | undefined {
  if (/^lib.*\.so$|\.dll$|\.dylib$/.test(name)) return undefined;
  return /\.so(?:\.|$)/.test(name) ? `${name.startsWith('lib') ? 'lib' : ''}*.so${name.endsWith('.so') ? '' : '.*'}` : name;
}

/** `package/texts/greeting.txt` is found with its package, `greeting.txt` beside the spec. */
function dataOf(file: string | undefined, listed = file, owner?: string): SpecChange | undefined {
  const files = listed?.split(/, ?/, mostFiles + 1).map((path) => path.split(/[\\/]+/)) ?? [];
  const [first = []] = files;
  const [top = ''] = first;
  if (files.length === 0 || files.length > mostFiles || !files.every(isHarmless)) return undefined;
  if (first.length === 1) return [{ kind: 'data', name: top, to: '.' }];
  const paths = files.map((parts) => parts.join('/'));
  const python = paths.some((path) => path.endsWith('.py'));
  return edit('package-data', moduleOf(owner ?? top))?.map((one) => ({ ...one, files: paths, ...(python && { python }) }));
}

/** A file of the project that the worker looks for at the top of the bundle. */
function dataAtTop(source: string): SpecChange | undefined {
  const parts = source.split(/[\\/]+/);
  return isHarmless(parts) ? [{ kind: 'data', name: parts.join('/'), to: '.' }] : undefined;
}

function isHarmless(parts: readonly string[]): boolean {
  return parts.length <= 40 && parts.every(
    (part) => part.length <= longestName && /^\.?[\w@+-][\w .@+-]*$/.test(part) && !part.startsWith('..'),
  );
}

/** The names of a list with commas; undefined when one of them is none. */
function modulesOf(list: string | undefined): string[] | undefined {
  const names = list?.split(/, ?/, mostModules + 1) ?? [''];
  const modules = names.flatMap((name) => moduleOf(name) ?? []);
  return modules.length === names.length && modules.length <= mostModules ? modules : undefined;
}

/** Not every module has an identifier for its name: `0001_initial`, `5bae8a57b5ef85818b48__mypyc`, `foo-bar` are imported as well. */
function moduleOf(text: string | undefined): string | undefined {
  return text !== undefined && text.length <= longestName && /^\w[\w-]*(?:\.\w[\w-]*)*$/.test(text) ? text : undefined;
}

/** The form of a distribution's name: PyPA specifications, "Names and normalization". */
function distributionOf(text: string | undefined): string | undefined {
  return text !== undefined && text.length <= longestName && /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(text) ? text : undefined;
}
