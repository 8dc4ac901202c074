import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { CheckFailed } from '../model/errors.ts';
import { makeRoom } from '../system/launch/room.ts';
import type { Way } from '../system/trace/files.ts';
import { failTogether } from './together.ts';
import { undeclared } from './undeclared.ts';
import { leftFromSource, undeclaredFiles, undeclaredLeft } from './undeclared-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'files-'));
afterAll(() => rmSync(folder, { recursive: true }));
const room = makeRoom(join(folder, 'one'));
const binary = join(folder, 'dist/worker');
mkdirSync(join(folder, 'dist'));
writeFileSync(binary, '');

function found(paths: readonly (readonly [string, ...Way[]])[], writes: readonly string[] = []): string[] {
  const changes = paths.map(([path, ...ways]) => ({ path, ways, by: 'worker' }));
  return undeclaredFiles(changes, { room, binary, writes }).map(({ what, entry }) => `${what} | ${entry}`);
}

test('temporary files, its output, devices and compiled modules are nobody\'s business', () => {
  expect(found([
    [join(room.tmp, 'x/y'), 'written'], [join(room.logs, 'stdout.log'), 'written'], ['/dev/null', 'written'], ['/dev/pts/3', 'written'],
    ['/proc/7/comm', 'written'], ['/opt/lib/__pycache__/a.pyc', 'written'], ['/dev/shm/sem.x', 'linked', 'removed'],
  ])).toEqual([]);
});

test('all else is named by where it lies; of a folder and what is in it, the folder', () => {
  expect(found([
    [join(room.home, '.cache'), 'made'], [join(room.home, '.cache/a'), 'written'], [join(room.cwd, 'w.log'), 'written', 'renamed'],
    [join(folder, 'dist/w.lock'), 'written', 'removed'], ['/var/tmp/x', 'renamed'], ['/dev/shm/left', 'written'], ['/processes', 'made'],
  ])).toEqual([
    '~/.cache was made in its home | ~/.cache', './w.log was written and renamed in its working directory | ./w.log',
    `${folder}/dist/w.lock was written and removed beside the executable | ${folder}/dist/w.lock`,
    '/var/tmp/x was renamed outside TMPDIR | /var/tmp/x', '/dev/shm/left was written outside TMPDIR | /dev/shm/left',
    '/processes was made outside TMPDIR | /processes',
  ]);
});

test('what the contract names is fine, and so are the folders on the way to it', () => {
  const home = (name: string): string => join(room.home, name);
  const cache = [[home('.cache'), 'made'], [home('.cache/w'), 'made'], [home('.cache/w/a'), 'written', 'removed']] as const;
  for (const entry of ['~/.cache/w/', '~/.cache/w/**', '**/.cache/**', `${room.home}/.cache`]) expect(found(cache, [entry])).toEqual([]);
  expect(found(cache, ['~/.cache/other'])).toEqual(['~/.cache/w was made in its home | ~/.cache/w']);
  expect(found([[join(room.home, '.cache'), 'made', 'removed']], ['~/.cache/w'])).toHaveLength(1);
  expect(found([[join(room.cwd, 'a.log'), 'written'], [join(room.cwd, 'b.txt'), 'written']], ['./*.log'])).toEqual([
    './b.txt was written in its working directory | ./b.txt',
  ]);
});

test('what the worker leaves from source, too, is no finding; what lies beside it is', () => {
  const source = { ...room, home: join(folder, 'source/home'), cwd: join(folder, 'source/cwd') };
  mkdirSync(join(source.home, '.cache/library/logs'), { recursive: true });
  mkdirSync(source.cwd, { recursive: true });
  writeFileSync(join(source.home, '.cache/library/logs/1.log'), '');
  const home = (name: string): string => join(room.home, name);
  const changes = [
    ['.cache', 'made'], ['.cache/library', 'made'], ['.cache/library/logs', 'made'], ['.cache/library/logs/2.log', 'written'],
    ['.cache/other', 'written'], ['2.log', 'written'],
  ] as const;
  const given = changes.map(([name, way]) => ({ path: home(name), ways: [way], by: 'worker' }));
  const fromSource = leftFromSource([source]);
  expect(undeclaredFiles(given, { room, binary, writes: [], fromSource }).map(({ entry }) => entry)).toEqual(['~/.cache/other', '~/2.log']);
});

test('what lies in home and working directory of a launch that nobody watched', () => {
  mkdirSync(join(room.home, '.cache/w'), { recursive: true });
  writeFileSync(join(room.home, '.cache/w/a'), '');
  writeFileSync(join(room.home, 'last'), '');
  writeFileSync(join(room.tmp, 'fine'), '');
  const left = (writes: readonly string[]) => undeclaredLeft({ room, binary, writes }).map(({ what }) => what);
  expect(left([]).toSorted()).toEqual(['~/.cache was made in its home', '~/last was written in its home']);
  expect(left(['~/.cache/w/'])).toEqual(['~/last was written in its home']);
});

test('a failing check says what, who, and how it would be declared; several are told as one', () => {
  const words = { expected: 'nothing', instead: 'leave it' };
  const one = { what: 'it writes x', by: 'worker\nserve', key: 'writes', entry: 'x' } as const;
  const calls = (index: number) => ({ ...one, what: `it calls ${index}`, key: 'connects' as const, entry: `${index}` });
  const many = Array.from({ length: 7 }, (_, index) => calls(index));
  const failed = undeclared([one, one, ...many], words);
  expect(failed).toMatchObject({
    message: 'it writes x, it calls 0, it calls 1, it calls 2, it calls 3 and 3 more things: the contract does not declare it',
    difference: {
      got: expect.stringMatching(/^it writes x: by `worker serve`\nit calls 0: by/),
      remedy: 'leave it, or declare it in the contract: writes: ["x"] and connects: ["0","1","2","3","4"]',
    },
  });
  expect(undeclared([], words)).toBeUndefined();
  expect(() => failTogether([undefined])).not.toThrow();
  expect(() => failTogether([new CheckFailed('a'), undefined, failed])).toThrow(/^a; it writes x, .* declare it$/);
});
