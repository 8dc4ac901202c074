import { expect, test } from 'vitest';
import { compiled } from '../written-bundle.testing.ts';
import { buildPathHints, buildPathOf } from './build-paths.ts';

test.each([
  ['app.m', '/home/ada/project/app/m.py', '/home/ada'],
  ['app', '/home/runner/work/app/__init__.py', '/home/runner'],
  ['app.m', '/Users/ada/project/app/m.py', '/Users/ada'],
  ['app.m', String.raw`C:\Users\ada\project\app\m.py`, String.raw`C:\Users\ada`],
  ['app.m', '/home/Zoë/app/m.py', '/home/Zoë'],
  ['app.m', `/home/ada/${'long/'.repeat(56)}app/m.py`, '/home/ada'],
])('%s compiled at %s', async (module, file, folder) => {
  expect(buildPathOf(module, (await compiled('x = 1', file)).toString('latin1'))).toEqual({ folder, module });
});

test.each([
  ['a place below the path', 'app/m.py', 'x = 1'],
  ['no home', '/work/project/app/m.py', 'x = 1'],
  ['a text that has a path in it', 'app/m.py', 'x = "see /home/ada/app/m.py there"'],
  ['a home that ends before the place', 'app/m.py', 'x = "/home/ada"'],
  ['another file', '/home/ada/app/other.py', 'x = 1'],
])('%s tells nothing', async (_name, file, source) => {
  expect(buildPathOf('app.m', (await compiled(source, file)).toString('latin1'))).toBeUndefined();
});

test('code that is cut off, and code full of homes, do no harm', () => {
  expect(buildPathOf('m', '/m.py')).toBeUndefined();
  expect(buildPathOf('m', '/home/a/m.py')).toBeUndefined();
  const started = performance.now();
  expect(buildPathOf('m', `${'/home/a'.repeat(1_000_000)}/m.py`)).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(1000);
});

test('one fact for each home, with how many modules name it', () => {
  const paths = [
    { folder: '/home/ada', module: 'app.a' }, { folder: '/home/bob', module: 'lib' }, { folder: '/home/ada', module: 'app.b' },
  ];
  expect(buildPathHints(paths).map(({ line }) => line)).toEqual(['/home/ada is named as the place of app.a and 1 ' +
    'more', '/home/bob is named as the place of lib']);
  expect(buildPathHints([])).toEqual([]);
});
