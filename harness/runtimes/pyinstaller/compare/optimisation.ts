import type { FrozenBundle } from '../../bundle.ts';

/** How many times -O is baked in: 1 strips asserts, 2 docstrings as well. PyInstaller bakes `python -OO` in as two options O. */
export function optimisationOf({ options }: Pick<FrozenBundle, 'options'>): 0 | 1 | 2 {
  const level = options.filter((option) => option === 'O').length + (options.includes('OO') ? 2 : 0);
  return level === 0 ? 0 : level === 1 ? 1 : 2;
}
