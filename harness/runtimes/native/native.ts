import type { Runtime } from '../runtime.ts';
import { readOpaque } from './opaque.ts';

/** Any executable that no other runtime made: what its headers tell, and who made it where a mark does. */
export const native = {
  id: 'native',
  identify: async () => ({}),
  open: async ({ file, source, executable }) => ({ bundle: await readOpaque(source, file, executable) }),
  words: { name: 'no freezer that frostgate knows' },
} as const satisfies Runtime;
