import { relative } from 'node:path';
import { invocation } from './invocation.ts';

/** A path as the user would write it: relative where it lies below the folder in which the user stands, else absolute. */
export function shownPath(path: string, base: string = invocation.environment['INIT_CWD'] ?? process.cwd()): string {
  const short = relative(base, path);
  return short === '' ? '.' : short.startsWith('..') ? path : short;
}
