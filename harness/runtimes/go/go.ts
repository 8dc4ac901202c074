import { count } from '../../model/format.ts';
import { readOpaque } from '../native/native.ts';
import { orDamage } from '../native/errors.ts';
import type { Runtime } from '../runtime.ts';
import { readGoBuildInfo, type GoBuild } from './build-info.ts';

/** Programs of Go: what its toolchain wrote into them of itself and of their source. */
export const go = {
  id: 'go',
  identify: async ({ source }) => {
    const { value, damage } = await orDamage(() => readGoBuildInfo(source));
    if (damage !== undefined) return { freezer: 'Go' };
    if (value === undefined) return undefined;
    const builtAs = releaseOf(value);
    return { freezer: describeGoBuild(value), ...(builtAs !== undefined && { builtAs }) };
  },
  open: async (opened) => {
    const opaque = { ...(await readOpaque(opened)), producer: 'Go' };
    const { value, damage } = await orDamage(() => readGoBuildInfo(opened.source));
    if (damage !== undefined) return { bundle: { ...opaque, oddities: [{ kind: 'damaged-executable', sentence: damage }] } };
    return { bundle: { ...opaque, ...(value && { go: value }) } };
  },
  asksByWriting: true,
  words: {
    name: 'Go', version: "stamp it at the link: go build -ldflags '-X main.version=…', with the variable's package and name",
    smaller: "link it without symbols (-ldflags '-s -w'), leave out modules that the worker does not import",
  },
} as const satisfies Runtime;

/** For example "Go 1.26.8, module example.com/worker v1.2.0, CGO off". */
export function describeGoBuild(build: GoBuild): string {
  const { module, package: main, CGO } = wordsOf(build);
  const source = module ? `module ${module}` : main && `package ${main}`;
  return [`Go ${build.goVersion.replace(/^go(?=\d)/, '')}`, source, CGO && `CGO ${CGO}`].filter(Boolean).join(', ');
}

/**
 * The tag of the commit that a program was built from, without its "v" and the folder of its module; undefined where that commit had none:
 * then Go makes up a version that ends with time and revision (go.dev/ref/mod, "Pseudo-versions"). What was changed after it (+dirty) is
 * no release of that tag, and of a command with another name than its module the tag may be the module's own, as that of a library: the
 * command's `worker/v1.2.3` is nothing that Go writes.
 */
export function releaseOf({ main, path = main?.path }: GoBuild): string | undefined {
  const [, release] = /^v(\d+\.\d+\.\d+(?:-[\w.-]+)?)$/.exec(main?.version ?? '') ?? [];
  if (release === undefined || /\d{14}-[0-9a-f]{12}$/.test(release)) return undefined;
  return commandOf(path) === commandOf(main?.path) ? release : undefined;
}

/** What Go calls the program of a package: the last name of its path, without a major version (`example.com/worker/v2`). */
function commandOf(path = ''): string | undefined {
  return path.replace(/\/v\d+$/, '').split('/').at(-1);
}

/** What a program was built from, as label and value in plain text that may still hold anything. */
export function goRows(build: GoBuild): [label: string, value: string][] {
  return Object.entries(wordsOf(build)).filter((row): row is [string, string] => row[1] !== undefined);
}

function wordsOf({ goVersion, main, path, dependencies, settings }: GoBuild) {
  const [cgo, vcs = '', revision, time, modified] = ['CGO_ENABLED', 'vcs', 'vcs.revision', 'vcs.time', 'vcs.modified']
    .map((wanted) => settings.find(([name]) => name === wanted)?.[1]);
  const replaced = dependencies.filter(({ replacedBy }) => replacedBy !== undefined).length;
  return {
    toolchain: goVersion,
    module: main && `${main.path}${main.version === '(devel)' ? '' : ` ${main.version}`}`,
    package: path === main?.path ? undefined : path,
    revision: revision && `${vcs} ${revision}${time ? ` of ${time}` : ''}${modified === 'true' ? ', modified before it was built' : ''}`,
    CGO: cgo && (cgo === '0' ? 'off' : 'on'),
    'depends on': `${count(dependencies.length, 'module')}${replaced === 0 ? '' : `, ${replaced} replaced`}`,
  };
}
