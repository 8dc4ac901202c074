import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';

/** How a Python project is frozen, as far as its folder tells: the spec file where several lie there, Pythons, and what is left out. */
export type Packaging = {
  readonly spec: string | undefined; readonly python: string | undefined; readonly excludes: readonly string[];
};

const requires = z.object({ project: z.object({ 'requires-python': z.string() }) });

/** Reads the spec file of an executable of this name, or the only one, and the pyproject.toml. */
export function packagingOf(directory: string, called: string): Packaging {
  const textOf = (name: string): string => readFileSync(join(directory, name), 'utf8');
  const specs = readdirSync(directory).filter((name) => name.endsWith('.spec'));
  const spec = specs.length === 1 ? specs[0] : specs.find((name) => name === `${called}.spec`);
  const text = spec === undefined ? '' : textOf(spec);
  const [, list, name] = /\bexcludes\s*=\s*(?:\[([^\]]*)\]|([A-Za-z_]\w*))/.exec(text) ?? [];
  const elsewhere = name === undefined ? [] : [...specs, ...readdirSync(directory).filter((file) => file.endsWith('.py'))]
    .flatMap((file) => new RegExp(`^${name}\\s*=\\s*[[({]([^\\])}]*)[\\])}]`, 'm').exec(textOf(file))?.[1] ?? []);
  const names = [...(list ?? elsewhere[0] ?? '').matchAll(/["']([A-Za-z_][\w.]*)["']/g)].flatMap(([, each]) => each ?? []);
  return {
    spec: specs.length > 1 ? spec : undefined, python: pythonOf(directory),
    excludes: names.filter((each) => each !== '__main__'),
  };
}

function pythonOf(directory: string): string | undefined {
  const file = join(directory, 'pyproject.toml');
  if (!existsSync(file)) return undefined;
  try {
    return requires.parse(parse(readFileSync(file, 'utf8'))).project['requires-python'];
  } catch {
    return undefined; // who reads it says what is wrong with it
  }
}
