import { realpathSync } from 'node:fs';
import { sep } from 'node:path';
import type { OpenedFile } from './closure.ts';

/**
 * Opened files without those that a worker was told of by an argument or a variable of its environment, by themselves or by a folder of the
 * project that they are in: they belong to the place where it runs, and the executable is told of the same ones.
 */
export function withoutNamed(files: readonly OpenedFile[], project: string, values: readonly string[]): OpenedFile[] {
  const root = resolved(project);
  const named = values.flatMap((value) => resolved(value.replace(/^--?[\w-]+=/, '')) ?? []);
  const isNamed = (path: string): boolean => named.some(
    (each) => path === each || (each !== root && root !== undefined && each.startsWith(root + sep) && path.startsWith(each + sep)),
  );
  return files.filter(({ path }) => !isNamed(path));
}

/** Without links; undefined where there is no such file, or the value is no absolute path. */
function resolved(value: string): string | undefined {
  if (!/^(?:[\\/]|[A-Za-z]:)/.test(value)) return undefined;
  try {
    return realpathSync(value);
  } catch {
    return undefined;
  }
}
