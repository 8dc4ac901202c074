import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { copyEnvironment, environmentFolder, retarget, type Moved } from './copy-environment.ts';
import { test } from './folder.testing.ts';

describe('paths lead to the copy', () => {
  const moved: Moved[] = [['/home/me/app', '/copy'], ['/home/me/app/.venv', '/copy/env']];
  test.for([
    ['#!/home/me/app/.venv/bin/python', '#!/copy/env/bin/python'], ['/home/me/app', '/copy'], ['/home/me/app/src\n', '/copy/src\n'],
    ['file:///home/me/app', 'file:///copy'], ['/home/me/application', '/home/me/application'], ['/home/me/app.old', '/home/me/app.old'],
    ['/mnt/home/me/app', '/mnt/home/me/app'], ['PATH=/usr/bin:/home/me/app/.venv/bin', 'PATH=/usr/bin:/copy/env/bin'],
  ] as const)('%s', ([text, changed]) => {
    expect(retarget(text, moved)).toBe(changed);
  });
});

test.skipIf(process.platform === 'win32')('a copied environment is one of its own', { timeout: 120_000 }, async ({ folder, write }) => {
  const [from, to] = [join(folder, 'app', '.venv'), join(folder, 'copy', '.venv')];
  execFileSync('python3', ['-m', 'venv', '--without-pip', from]);
  write({ 'app/own.py': 'where = __file__\n' });
  const python = join(from, 'bin', 'python');
  const site = execFileSync(python, ['-c', 'import sysconfig; print(sysconfig.get_path("purelib"))'], { encoding: 'utf8' });
  writeFileSync(join(site.trim(), 'own.pth'), `${join(folder, 'app')}\n`);
  writeFileSync(join(from, 'bin', 'tell'), `#!${python}\nimport own, sys\nprint(sys.prefix, own.where)\n`, { mode: 0o755 });
  const before = readFileSync(join(from, 'bin', 'tell'), 'utf8');
  await copyEnvironment(from, to, [[join(folder, 'app'), join(folder, 'copy')], [from, to]]);
  write({ 'copy/own.py': 'where = __file__\n' });
  expect(execFileSync(join(to, 'bin', 'tell'), { encoding: 'utf8' })).toBe(`${to} ${join(folder, 'copy', 'own.py')}\n`);
  expect(readFileSync(join(from, 'bin', 'tell'), 'utf8')).toBe(before);
  expect([environmentFolder(join(from, 'bin', 'python')), environmentFolder('/usr/bin/python3')]).toEqual([from, undefined]);
});
