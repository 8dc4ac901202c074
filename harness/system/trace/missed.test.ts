import { expect, test } from 'vitest';
import { missedIn } from './missed.ts';
import { readTrace } from './trace.ts';

test('what was asked for and not there, each path once', () => {
  const trace = readTrace([
    '7 execve("/bin/w", ["w"], 0x1 /* 2 vars */) = 0',
    '7 openat(AT_FDCWD</opt/app>, "models/a.json", O_RDONLY|O_CLOEXEC) = -1 ENOENT (No such file or directory)',
    '7 openat(3</tmp/_MEI1>, "b.json", O_RDONLY) = -1 ENOENT (No such file or directory)',
    '7 open("/tmp/_MEI1/c.so", O_RDONLY) = -1 ENOENT (No such file or directory)',
    '7 open("/tmp/_MEI1/c.so", O_RDONLY) = -1 ENOENT (No such file or directory)',
    '7 openat(AT_FDCWD</opt/app>, "there.txt", O_RDONLY) = 3</opt/app/there.txt>',
    '7 openat(AT_FDCWD</opt/app>, "forbidden.txt", O_RDONLY) = -1 EACCES (Permission denied)',
    '7 unlink("gone") = -1 ENOENT (No such file or directory)',
    '7 +++ exited with 0 +++',
  ].join('\n'));
  expect(missedIn(trace, '/opt/app')).toEqual(['/opt/app/models/a.json', '/tmp/_MEI1/b.json', '/tmp/_MEI1/c.so']);
});
