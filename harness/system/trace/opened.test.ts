import { expect, test } from 'vitest';
import { openedIn } from './opened.ts';

test('what was opened, once, with its bytes as they are', () => {
  expect(openedIn([
    '7 execve("/usr/bin/python3", ["python3"], 0x7ffd /* 3 vars */) = 0',
    '7 openat(AT_FDCWD</work>, "a.json", O_RDONLY|O_CLOEXEC) = 3</work/a.json>',
    '7 openat(AT_FDCWD</work>, "a.json", O_RDONLY) = 4</work/a.json>',
    String.raw`7 open("r\303\250gles", O_RDONLY) = 3</work/r\303\250gles>`,
    '7 openat(AT_FDCWD</work>, "slow.bin", O_RDONLY <unfinished ...>',
    '8 openat(AT_FDCWD</work>, "log", O_WRONLY|O_CREAT|O_APPEND, 0666) = 5</work/log>',
    '7 <... openat resumed>)              = 6</work/slow.bin>',
    '7 openat(AT_FDCWD</work>, "gone", O_RDONLY) = -1 ENOENT (No such file or directory)',
    '7 openat(AT_FDCWD</work>, ".", O_RDONLY|O_NONBLOCK|O_CLOEXEC|O_DIRECTORY) = 3</work>',
    '7 +++ exited with 0 +++', '',
  ].join('\n'))).toEqual({ read: ['/work/a.json', '/work/règles', '/work/slow.bin'], written: ['/work/log'] });
});
