import { expect, test } from 'vitest';
import { openedIn } from './opened.ts';

test('what was opened, once, with its bytes as they are', () => {
  expect(openedIn([
    '7 execve("/usr/bin/python3", ["python3"], 0x7ffd /* 3 vars */) = 0',
    '7 openat(AT_FDCWD</app>, "a.json", O_RDONLY|O_CLOEXEC) = 3</app/a.json>',
    '7 openat(AT_FDCWD</app>, "a.json", O_RDONLY) = 4</app/a.json>',
    String.raw`7 open("r\303\250gles", O_RDONLY) = 3</app/r\303\250gles>`,
    '8 openat(AT_FDCWD</app>, "log", O_WRONLY|O_CREAT|O_APPEND, 0666) = 5</app/log>',
    '7 openat(AT_FDCWD</app>, "gone", O_RDONLY) = -1 ENOENT (No such file or directory)',
    '7 openat(AT_FDCWD</app>, ".", O_RDONLY|O_NONBLOCK|O_CLOEXEC|O_DIRECTORY) = 3</app>',
    '7 +++ exited with 0 +++', '',
  ].join('\n'))).toEqual({ read: ['/app/a.json', '/app/règles'], written: ['/app/log'] });
});

test('of a call that others interrupt, how it opens stands in the first of two lines', () => {
  const interrupted = (name: string, how: string) => [
    `7 openat(AT_FDCWD</app>, "${name}", ${how} <unfinished ...>`, '8 futex(0x7f, FUTEX_WAKE, 1) = 0',
    `7 <... openat resumed>)              = 6</app/${name}>`,
  ];
  expect(openedIn([
    ...interrupted('slow.bin', 'O_RDONLY'), ...interrupted('package', 'O_RDONLY|O_CLOEXEC|O_DIRECTORY'),
    ...interrupted('state.db', 'O_RDWR|O_CREAT, 0644'), '',
  ].join('\n'))).toEqual({ read: ['/app/slow.bin'], written: ['/app/state.db'] });
});
