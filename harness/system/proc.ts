import { readFileSync } from 'node:fs';

/** A file of /proc as text; empty when its process ended meanwhile, or belongs to somebody else. */
export function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, 'latin1');
  } catch {
    return '';
  }
}

/**
 * The fields of /proc/PID/stat from the third on, proc(5): the second, the command's name, is in parentheses and may itself contain
 * parentheses and spaces.
 */
export function statFields(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
