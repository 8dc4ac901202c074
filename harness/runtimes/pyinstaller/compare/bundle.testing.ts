import type { Entry, FrozenBundle, Module } from '../../bundle.ts';
import type { Closure, LoadedModule } from '../../../baselines/recorder/closure.ts';

/** A bundle that holds these modules and files and is otherwise empty. `name`: module, `name/`: package, `name?`: namespace package. */
export function bundleOf(modules: readonly string[], files: readonly string[] = [], more: Partial<FrozenBundle> = {}): FrozenBundle {
  return {
    kind: 'one-file', producer: 'PyInstaller', file: 'app', sizeBytes: 0, format: 'ELF', platforms: ['linux-amd64'], images: [],
    oddities: [], generation: {},
    pythonVersion: '3.11', pythonLibrary: 'libpython3.11.so.1.0', archiveFile: 'app', distributions: [], nativeFiles: [], links: [],
    scripts: [], options: [], storedBytes: 0, extractedBytes: 0,
    modules: modules.map(moduleOf),
    entries: files.map(
      (name): Entry => ({ name, role: 'data', typeCode: 'x', storedBytes: 1, sizeBytes: 1, compressed: false, offset: 0 }),
    ),
    ...more,
  };
}

function moduleOf(text: string): Module {
  const kind = text.endsWith('/') ? 'package' : text.endsWith('?') ? 'namespace package' : 'module';
  return { name: text.replace(/[/?]$/, ''), kind, origin: 'PYZ', entry: 'PYZ.pyz', offset: 0, storedBytes: 1 };
}

/** What a program loaded: each line is a module, as above, and who imported it. */
export function closureOf(lines: readonly string[], more: Partial<Closure> = {}): Closure {
  const modules = lines.map((line): LoadedModule => {
    const [text = '', importer] = line.split(' by ');
    const { name, kind } = moduleOf(text);
    return {
      name, kind: kind === 'extension module' ? 'module' : kind,
      origin: kind === 'namespace package' ? undefined : `/site/${name.replaceAll('.', '/')}.py`, importer,
    };
  });
  return {
    modules: new Map(modules.map((module) => [module.name, module])), files: [], metadata: [], entryPoints: [], listings: [], written: [],
    ...more,
  };
}
