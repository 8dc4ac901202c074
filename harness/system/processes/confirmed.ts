import type { ProcessEntry } from './process-entry.ts';

/**
 * What a look at processes sees; that there is none is believed only when two looks in a row saw none. One look can miss a process: what
 * forks and ends is gone when it is read, and its child was not there when they were listed.
 */
export function confirmed(look: () => ProcessEntry[]): ProcessEntry[] {
  const first = look();
  return first.length > 0 ? first : look();
}
