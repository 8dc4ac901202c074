import type { FrozenBundle } from '../../bundle.ts';
import type { Observation, ObservationKind } from '../../../model/observation.ts';
import { compareReleases } from '../floors.ts';
import { buildPathHints } from './hints/build-paths.ts';
import { collidingLibraries, missingRuntimeLibraries, packedLibraries } from './hints/libraries.ts';
import type { Mentions } from './hints/mentions.ts';
import { closedSandbox, missingSandboxModule, workflowInEntry } from './sandbox.ts';
import { plainName } from './told.ts';

/** What in a bundle breaks no promise by itself, but can go wrong where the worker runs; what weighs most comes first. */
export function hintsOf(bundle: FrozenBundle): Observation[] {
  return [
    ...missingRuntimeLibraries(bundle),
    ...packedLibraries(bundle),
    ...collidingLibraries(bundle),
    ...missingCaBundle(bundle),
    ...optionHints(bundle),
    ...advisories(bundle),
  ];
}

/** The same for what the frozen code mentions. */
export function mentionHints(bundle: FrozenBundle, mentions: Mentions): Observation[] {
  return [
    ...missingSandboxModule(bundle, mentions.workflows.length > 0 && !mentions.unsandboxed),
    ...workflowInEntry(bundle, mentions),
    ...closedSandbox(bundle, mentions),
    ...(mentions.noDocstrings && optimisationOf(bundle) < 2 ? [
      hint('no-asserts', "Python's own modules have no docstrings in their frozen code", { level: 'OO' }),
    ] : []),
    ...(mentions.noAsserts && !mentions.noDocstrings && optimisationOf(bundle) < 1 ? [
      hint('no-asserts', "Python's own modules have no assert statements in their frozen code", { level: 'O', compiled: 'yes' }),
    ] : []),
    ...buildPathHints(mentions.buildPaths),
  ];
}

/** certifi without the file that it is there for (EN-04). */
function missingCaBundle({ modules, entries }: FrozenBundle): Observation[] {
  const file = 'certifi/cacert.pem';
  if (!modules.some(({ name }) => name === 'certifi') || entries.some(({ name }) => name === file)) return [];
  return [{ ...hint('missing-ca-bundle', `the module certifi is inside, ${file} is not`), names: [`file:${file}`] }];
}

/** What the build asked of bootloader and interpreter that changes how a worker behaves (PM-04, ST-04, SE-03, EN-14, EN-15). */
function optionHints(bundle: FrozenBundle): Observation[] {
  const { options, images } = bundle;
  const found: Observation[] = [];
  if (options.includes('pyi-bootloader-ignore-signals')) {
    found.push(hint('ignored-signals', 'the option pyi-bootloader-ignore-signals is baked in'));
  }
  const tmpdir = options.find((option) => option.startsWith('pyi-runtime-tmpdir '))?.replace('pyi-runtime-tmpdir ', '');
  if (tmpdir !== undefined) {
    const folder = plainName(tmpdir.trim());
    found.push(hint('fixed-folder', `the option pyi-runtime-tmpdir ${folder} is baked in`, { folder }));
  }
  const isWindowed = images.some(({ subsystem }) => subsystem === 'windowed');
  if (isWindowed) found.push(hint('no-console', 'the executable asks Windows for no console'));
  const level = 'O'.repeat(optimisationOf(bundle));
  if (level !== '') found.push(hint('no-asserts', `the option -${level} is baked in`, { level }));
  return found;
}

/** How many times -O is baked in: 1 strips asserts, 2 docstrings as well. PyInstaller bakes `python -OO` in as two options O. */
export function optimisationOf({ options }: Pick<FrozenBundle, 'options'>): 0 | 1 | 2 {
  const level = options.filter((option) => option === 'O').length + (options.includes('OO') ? 2 : 0);
  return level === 0 ? 0 : level === 1 ? 1 : 2;
}

type Advisory = {
  readonly id: string;
  /** The first release of PyInstaller that it does not apply to. */
  readonly before: string;
  readonly danger: string;
  readonly applies: (bundle: FrozenBundle) => boolean;
};

/** Those that can be told by what a bootloader and its archive look like (PYSEC-2026-1813, GHSA-9fxf-4qw3-ghmr). */
const known: readonly Advisory[] = [
  {
    id: 'CVE-2025-59042', before: '6.0', applies: ({ format }) => format !== 'PE',
    danger: 'whoever can write into the folder of the executable can make it run code of theirs',
  },
  {
    id: 'GHSA-9fxf-4qw3-ghmr', before: '6.22.1', applies: ({ kind }) => kind === 'one-file',
    danger: 'whoever starts it can make it run code of theirs, which matters where it has more rights than they have (setuid, UAC)',
  },
];

/** Published advisories that apply to what PyInstaller put around the worker (SE-04), where its traces prove that it is old enough. */
function advisories(bundle: FrozenBundle): Observation[] {
  const { before: proven } = bundle.generation;
  if (proven === undefined) return [];
  return known.filter(({ before, applies }) => compareReleases(proven, before) <= 0 && applies(bundle)).map(({ id, before, danger }) =>
    hint('old-freezer', `made by a PyInstaller before ${proven}; ${id} applies before ${before}`, { advisory: id, before, danger }));
}

function hint(kind: ObservationKind, line: string, args: Observation['args'] = {}): Observation {
  return { kind, args, line, names: [] };
}
