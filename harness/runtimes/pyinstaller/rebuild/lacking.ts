import { posix } from 'node:path';
import type { FrozenBundle } from '../../bundle.ts';
import { readBundle } from '../../subject.ts';
import type { Edit, SpecChange } from '../hazards/edits.ts';

/**
 * What a change was to bring into an executable and is not in it; nothing where something of it is, or where reading cannot tell.
 * PyInstaller goes on without a hidden import that it does not find, and without the data of a package that is not on its path.
 */
export async function lacking(change: SpecChange, binary: string): Promise<string[]> {
  const looked = change.filter(({ kind }) => Object.hasOwn(signs, kind));
  if (looked.length === 0 || looked.length < change.length) return [];
  const bundle = await readBundle(binary);
  if (bundle.kind === 'opaque') return [];
  const missing = looked.filter((edit) => signs[edit.kind]?.(bundle, edit) === false);
  return missing.length === looked.length ? missing.map(({ name }) => name) : [];
}

const signs: Readonly<Partial<Record<Edit['kind'], (bundle: FrozenBundle, edit: Edit) => boolean>>> = {
  'hidden-import': ({ modules }, { name }) => modules.some((module) => module.name === name),
  submodules: ({ modules }, { name }) => modules.some((module) => module.name.startsWith(`${name}.`)),
  'package-data': ({ entries }, { name }) => entries.some(
    (entry) => entry.role === 'data' && entry.name.startsWith(`${name.replaceAll('.', '/')}/`),
  ),
  data: ({ entries }, { name, to = '.' }) => {
    const path = posix.join(to, posix.basename(name));
    return entries.some((entry) => entry.name === path || entry.name.startsWith(`${to}/`));
  },
  metadata: ({ distributions }, { name }) => distributions.some((each) => plain(each.name) === plain(name)),
};

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, '-');
}
