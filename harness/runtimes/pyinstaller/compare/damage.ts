import type { FrozenBundle } from '../../bundle.ts';
import { damaged } from '../../damaged.ts';
import type { Observation } from '../../../model/observation.ts';

/** What Python loads from base_library.zip before it can load anything else (PyInstaller, "PY3_BASE_MODULES"). */
const firstModules = ['abc', 'codecs', 'encodings', 'io'];

/**
 * What every PyInstaller bundle has and this one has lost: its Python library, its base library, or what Python starts with in that
 * (BC-16).
 */
export function lostMembers({ oddities, modules }: FrozenBundle): Observation[] {
  const lost = oddities.filter(({ kind }) => kind === 'no-base-library' || kind === 'no-python-library' || kind === 'no-modules');
  const held = new Set(modules.filter(({ origin }) => origin === 'base_library.zip').map(({ name }) => name));
  const missing = held.size === 0 ? [] : firstModules.filter((name) => !held.has(name));
  return [
    ...lost.map(({ subject, sentence }) => damaged(subject ?? 'the executable', sentence)),
    ...(missing.length === 0 ? [] : [damaged('base_library.zip', `base_library.zip lacks ${missing.join(', ')}, without which Python ` +
      'cannot start')]),
  ];
}
