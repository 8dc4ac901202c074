import type { FrozenBundle } from '../../bundle.ts';
import type { Problem } from '../verify-intact.ts';
import type { Observation } from '../../../model/observation.ts';

/** What Python loads from base_library.zip before it can load anything else (PyInstaller, "PY3_BASE_MODULES"). */
const firstModules = ['abc', 'codecs', 'encodings', 'io'];

/** What `verifyIntact` found in a file, as facts (BC-16). */
export function damagedMembers(file: string, problems: readonly Problem[]): Observation[] {
  return problems.map(({ subject, sentence }) => damage(subject === file ? 'the executable' : subject, sentence));
}

/**
 * What every PyInstaller bundle has and this one has lost: its Python library, its base library, or what Python starts with in that
 * (BC-16).
 */
export function lostMembers({ oddities, modules }: FrozenBundle): Observation[] {
  const lost = oddities.filter(({ kind }) => kind === 'no-base-library' || kind === 'no-python-library' || kind === 'no-modules');
  const held = new Set(modules.filter(({ origin }) => origin === 'base_library.zip').map(({ name }) => name));
  const missing = held.size === 0 ? [] : firstModules.filter((name) => !held.has(name));
  return [
    ...lost.map(({ subject, sentence }) => damage(subject ?? 'the executable', sentence)),
    ...(missing.length === 0 ? [] : [damage('base_library.zip', `base_library.zip lacks ${missing.join(', ')}, without which Python ` +
      'cannot start')]),
  ];
}

function damage(member: string, line: string): Observation {
  return { kind: 'damaged-member', args: { member }, line, names: [`file:${member}`] };
}
