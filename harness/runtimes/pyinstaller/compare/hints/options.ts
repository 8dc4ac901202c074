import type { FrozenBundle } from '../../../bundle.ts';
import type { Observation, ObservationKind } from '../../../../model/observation.ts';
import { optimisationOf } from '../optimisation.ts';
import { plainName } from '../plain-name.ts';

const folderOption = 'pyi-runtime-tmpdir ';

/** What the build asked of bootloader and interpreter that changes how a worker behaves (PM-04, ST-04, SE-03, EN-14, EN-15). */
export function optionHints(bundle: FrozenBundle): Observation[] {
  const { options, images } = bundle;
  const folder = options.find((option) => option.startsWith(folderOption))?.slice(folderOption.length).trim();
  const level = optimisationOf(bundle);
  return [
    ...(options.includes('pyi-bootloader-ignore-signals') ? [hint('ignored-signals', 'the option pyi-bootloader-ignore-signals is ' +
      'baked in')] : []),
    ...(folder === undefined ? [] : [hint('fixed-folder', `the option ${folderOption}${plainName(folder)} is baked ` +
      'in', { folder: plainName(folder) })]),
    ...(images.some(({ subsystem }) => subsystem === 'windowed') ? [hint('no-console', 'the executable asks Windows for no console')] : []),
    ...(level === 0 ? [] : [hint('no-asserts', `the option -${'O'.repeat(level)} is baked in`, { level: 'O'.repeat(level) })]),
  ];
}

function hint(kind: ObservationKind, line: string, args: Observation['args'] = {}): Observation {
  return { kind, args, line, names: [] };
}
