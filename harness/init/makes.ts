import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** What a project's source is written in, as far as its folder tells. */
export type Make = 'python' | 'go' | 'node';

const signs: Readonly<Record<Make, readonly string[]>> = {
  python: ['pyproject.toml', 'requirements.txt', 'setup.py', 'uv.lock', 'poetry.lock', '.venv', 'venv'],
  go: ['go.mod'],
  node: ['package.json'],
};

/** What is in a folder; Python where nothing tells, because that is run from source, and then says what is missing. */
export function makeOf(directory: string): Make {
  const isThere = (make: Make): boolean => signs[make].some((name) => existsSync(join(directory, name)));
  return isThere('python') ? 'python' : isThere('go') ? 'go' : isThere('node') ? 'node' : 'python';
}

/** What such a project calls itself: the last part of its module's path, or the name of its package without the scope. */
export function nameOf(directory: string, make: Make): string {
  const textOf = (name: string): string => readFileSync(join(directory, name), 'utf8');
  const found = make === 'go' ? /^module\s+(\S+)/m.exec(textOf('go.mod'))?.[1] : /"name"\s*:\s*"([^"]+)"/.exec(textOf('package.json'))?.[1];
  return basename(found ?? directory);
}
