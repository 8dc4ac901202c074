import { resolve } from 'node:path';
import { z } from 'zod';
import { findOnPath } from '../system/tools/on-path.ts';
import { pythonIn, readToml, type LockedEntry, type Manager } from './manager.ts';

const edges = z.array(z.object({ name: z.string() })).default([]);
const lockSchema = z.object({
  package: z.array(z.object({
    name: z.string(),
    version: z.string().optional(),
    source: z.record(z.string(), z.unknown()).default({}),
    dependencies: edges,
    'optional-dependencies': z.record(z.string(), edges).default({}),
    'dev-dependencies': z.record(z.string(), edges).default({}),
  })).default([]),
});

/** uv: uv.lock, and an environment in the project or where UV_PROJECT_ENVIRONMENT says. */
export const uv = {
  id: 'uv',
  title: 'uv',
  interpreter: ({ directory }) => pythonIn(resolve(directory, process.env['UV_PROJECT_ENVIRONMENT'] || '.venv')),
  lock: [{ name: /^uv\.lock$/, read: readLock }],
  install: (_, lockFile) => {
    const sync = `uv sync${lockFile === undefined ? '' : ' --locked'}`;
    return {
      install: sync,
      sync,
      production: `${sync} --no-dev`,
      lock: 'uv lock',
      build: 'uv run pyinstaller --clean',
      addFreezer: 'uv add --dev pyinstaller',
    };
  },
  // It would bring the environment in step first, and change what is compared.
  runner: () => {
    const file = findOnPath('uv');
    return file === undefined ? undefined : [file, 'run', '--no-sync'];
  },
} as const satisfies Manager;

/** The lock says who depends on whom; a distribution is of every group from which a way leads to it. */
function readLock(text: string): LockedEntry[] {
  const all = readToml(text, lockSchema).package;
  const own = ({ source }: (typeof all)[number]): boolean => [source['virtual'], source['editable']].includes('.');
  const wanted = (pack: (typeof all)[number] | undefined) =>
    [pack?.dependencies ?? [], ...Object.values(pack?.['optional-dependencies'] ?? {})].flat();
  const root = all.find(own);
  const groups = Object.entries({ main: wanted(root), ...root?.['dev-dependencies'] }).map(([group, from]) => {
    const reached = new Set(from.map(({ name }) => name));
    // What is added to a set while it is gone through comes up, too.
    for (const name of reached) all.filter((each) => each.name === name).flatMap(wanted).forEach((next) => reached.add(next.name));
    return { group, reached };
  });
  const byPath = ['virtual', 'editable', 'directory'];
  return all.filter((each) => !own(each)).map(({ name, version, source }) => ({
    name,
    version: byPath.some((kind) => kind in source) ? undefined : version,
    groups: groups.filter(({ reached }) => reached.has(name)).map(({ group }) => group),
  }));
}
