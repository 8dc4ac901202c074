import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { InitOptions } from '../cli/init-options.ts';
import { UsageError } from '../model/errors.ts';

/**
 * The executable on which a contract is tried: the one that was named, else the only one in the project's dist folder; undefined where
 * there is none, or several.
 * @throws {UsageError} where the one that was named is not there.
 */
export function executableOf({ binary, directory }: Pick<InitOptions, 'binary' | 'directory'>): string | undefined {
  if (binary !== undefined) {
    if (existsSync(binary)) return binary;
    throw new UsageError(`${binary}: no such file; build it first, or leave --binary out: then the source alone is run`);
  }
  const dist = join(directory ?? '.', 'dist');
  if (!existsSync(dist)) return undefined;
  const found = readdirSync(dist).map((name) => join(dist, name)).filter((path) => !/\.(?:whl|gz|zip|txt|json)$/.test(path));
  const [only] = found.length === 1 ? found : [];
  return only !== undefined && (statSync(only).isDirectory() || (statSync(only).mode & 0o111) !== 0) ? only : undefined;
}
