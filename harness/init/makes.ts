import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { managerOf } from '../baselines/registry.ts';

/** What a project's source is written in, as far as its folder tells. */
export type Make = 'python' | 'go' | 'node';

/** What is in a folder; Python where nothing tells, because that is run from source, and then says what is missing. */
export async function makeOf(directory: string): Promise<Make> {
  const isThere = (name: string): boolean => existsSync(join(directory, name));
  const isPython = isThere('pyproject.toml') || isThere('setup.py') || (existsSync(directory) && await managerOf(directory) !== undefined);
  return isPython ? 'python' : isThere('go.mod') || isGoFolder(directory) ? 'go' : isThere('package.json') ? 'node' : 'python';
}

/** A folder of a Go module, whose go.mod is above it. */
function isGoFolder(directory: string): boolean {
  const holds = existsSync(directory) && globSync(['*.go', '*/*.go'], { cwd: directory }).length > 0;
  return holds && above(directory).some((folder) => existsSync(join(folder, 'go.mod')));
}

const above = (folder: string): string[] => (dirname(folder) === folder ? [] : [dirname(folder), ...above(dirname(folder))]);

/** What such a project calls itself: the last part of its module's path, or the name of its package, else its folder's. */
export function nameOf(directory: string, make: Make): string {
  const textOf = (name: string): string => readFileSync(join(directory, name), 'utf8');
  if (make === 'go' && !existsSync(join(directory, 'go.mod'))) return basename(directory);
  const found = make === 'go' ? /^module\s+(\S+)/m.exec(textOf('go.mod'))?.[1] : /"name"\s*:\s*"([^"]+)"/.exec(textOf('package.json'))?.[1];
  return basename(found ?? directory);
}
