import type { FrozenBundle } from '../../../bundle.ts';
import { compareReleases } from '../../floors.ts';
import type { Observation } from '../../../../model/observation.ts';

type Advisory = {
  readonly id: string;
  /** The first release of PyInstaller that it does not apply to. */
  readonly before: string;
  readonly danger: string;
  readonly applies: (bundle: FrozenBundle) => boolean;
};

/** Those that can be told by what a bootloader and its archive look like (PYSEC-2026-1813, GHSA-9fxf-4qw3-ghmr). */
const known: readonly Advisory[] = [
  { id: 'CVE-2025-59042', before: '6.0', danger: 'whoever can write into the folder of the executable can make it run code of ' +
    'theirs', applies: ({ format }) => format !== 'PE' },
  {
    id: 'GHSA-9fxf-4qw3-ghmr', before: '6.22.1', applies: ({ kind }) => kind === 'one-file',
    danger: 'whoever starts it can make it run code of theirs, which matters where it has more rights than they have (setuid, UAC)',
  },
];

/** Published advisories that apply to what PyInstaller put around the worker (SE-04), where its traces prove that it is old enough. */
export function advisories(bundle: FrozenBundle): Observation[] {
  const { before: proven } = bundle.generation;
  if (proven === undefined) return [];
  return known.filter(
    ({ before, applies }) => compareReleases(proven, before) <= 0 && applies(bundle),
  ).map(({ id, before, danger }): Observation => (
    { kind: 'old-freezer', args: { advisory: id, before, danger }, line: `made by a PyInstaller before ${proven}; ${id} applies before ` +
      before, names: [] }));
}
