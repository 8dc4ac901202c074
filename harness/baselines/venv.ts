import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { pythonIn, readToml, type LockedEntry, type Manager, type Project } from './manager.ts';

const folders = ['.venv', 'venv', 'env'];

const pylockSchema = z.object({
  'lock-version': z.string(),
  packages: z.array(z.object({
    name: z.string(), version: z.string().optional(), marker: z.string().default(''), directory: z.object({ path: z.string() }).optional(),
  })).default([]),
});

/** A plain environment, and what fixes its packages without a manager of their own: pylock.toml (PEP 751) or pinned requirements. */
export const venv = {
  id: 'venv',
  title: 'virtual',
  signs: [...folders, 'pyproject.toml', 'setup.py'],
  interpreter: (project) => pythonIn(environmentOf(project) ?? ''),
  lock: [
    { name: /^pylock(\.[^.]+)?\.toml$/, read: readPylock },
    { name: /^requirements.*\.(?:txt|lock)$/, read: readRequirements },
  ],
  install: (project, lockFile) => {
    const { directory } = project;
    const folder = environmentOf(project)?.slice(directory.length).replace(/^[\\/]/, '') ?? '.venv';
    const programs = process.platform === 'win32' ? `${folder}\\Scripts\\` : `${folder}/bin/`;
    const pip = `${programs}pip install`;
    const from = lockFile === undefined ? '-e .' : `${isHashed(join(directory, lockFile)) ? '--require-hashes ' : ''}-r ${lockFile}`;
    const upgrade = lockFile?.endsWith('.toml') ? ` && ${pip} --upgrade pip` : ''; // 26.1 is the first that reads it
    const make = (how: string) => `python -m venv ${how}${folder}${upgrade} && ${pip} ${from}`;
    return {
      install: make(''),
      sync: make('--clear '),
      production: make('--clear '),
      lock: lockFile?.endsWith('.toml') ? `pip lock -r requirements.in -o ${lockFile}` : 'pip-compile --generate-hashes',
      build: `${programs}pyinstaller --clean`,
      addFreezer: `${pip} pyinstaller`,
    };
  },
} as const satisfies Manager;

function environmentOf({ directory, entry }: Project): string | undefined {
  const places = [directory, dirname(join(directory, entry))];
  return places.flatMap((place) => folders.map((name) => join(place, name))).find((folder) => pythonIn(folder) !== undefined);
}

function readPylock(text: string) {
  return readToml(text, pylockSchema).packages.filter(({ directory }) => directory?.path !== '.').map(({ name, version, marker }) => {
    const groups = Array.from(marker.matchAll(/['"]([\w.-]+)['"] in (?:dependency_groups|extras)/g), ([, group = '']) => group);
    return { name, version, groups: groups.length === 0 ? ['main'] : groups };
  });
}

/** Whether pip would demand a hash for every package of this file. */
function isHashed(file: string): boolean {
  return file.endsWith('.txt') && readFileSync(file, 'utf8').includes('--hash=');
}

/** Each requirement by `==` or by its address, with hashes or without; undefined where one leaves a choice, so that nothing is locked. */
function readRequirements(text: string): LockedEntry[] | undefined {
  const lines = text.replaceAll(/\\\r?\n/g, ' ').split(/\r?\n/).map((line) => line.replace(/(?:^|\s)#.*$/, '').trim());
  const entries = lines.filter((line) => line !== '' && !line.startsWith('-')).map(
    (line) => /^(?<name>[A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(?:@|={2,3}\s*(?<version>[^\s;,*]+)\s*(?:;|\s--|$))/.exec(line)?.groups,
  );
  if (entries.length === 0 || entries.includes(undefined)) return undefined;
  return entries.flatMap((entry) => ({ name: entry?.['name'] ?? '', version: entry?.['version'], groups: ['main'] }));
}
