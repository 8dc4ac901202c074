import { expect, test } from 'vitest';
import { parseCall, targetOf, textOf, textsIn } from './call.ts';
import { readTrace } from './trace.ts';
import { addressIn } from './sockets.ts';

test('arguments, texts and the value of a call', () => {
  const line = String.raw`openat(AT_FDCWD</tmp/a b>, "\303\244 \"x\".txt", O_WRONLY|O_CREAT, 0666) = 7</tmp/a b/\303\244 "x".txt>`;
  const call = parseCall(1, line);
  expect(call).toMatchObject({ name: 'openat', value: 7, error: undefined, opened: '/tmp/a b/ä "x".txt' });
  expect(call && [targetOf(call, 0), textOf(call, 1), call.args[2]]).toEqual(['/tmp/a b', 'ä "x".txt', 'O_WRONLY|O_CREAT']);
  expect(parseCall(1, 'rename("a", "b") = -1 ENOENT (No such file or directory)')).toMatchObject({ value: -1, error: 'ENOENT' });
  expect(parseCall(1, 'execve("/bin/sh", ["sh", "-c", "x"], 0x7ffe /* 3 vars */) = ?')?.value).toBeNaN();
});

test('what a program writes is no part of the form, whatever it is', () => {
  const hidden = parseCall(1, String.raw`openat(AT_FDCWD</c>, "x) = -1 ENOENT", O_CREAT) = 3</c/x) = -1 ENOENT \76>`);
  expect(hidden).toMatchObject({ value: 3, error: undefined, opened: '/c/x) = -1 ENOENT >' });
  const fake = 'sa_family=AF_INET, sin_port=htons(1), sin_addr=inet_addr(';
  const sent = parseCall(1, `sendto(3<socket:[9]>, "${fake}\\"127.0.0.1\\")", 9, 0, NULL, 0) = 9`);
  expect(sent && [addressIn(sent, 1), addressIn(sent, 4)]).toEqual([undefined, undefined]);
  expect(sent && String(textsIn(sent, 1)[0])).toBe(`${fake}"127.0.0.1")`);
});

test('what is no call is none', () => {
  expect(['+++ exited with 0 +++', '--- SIGTERM {si_signo=SIGTERM} ---', '', 'open(', 'x', 'strace: Process 7 attached'].map(
    (line) => parseCall(1, line),
  )).toEqual(Array.from({ length: 6 }));
});

test('a call in two pieces, and a trace without an end', () => {
  const text = [
    '7     execve("/bin/w", ["w"], 0x1 /* 2 vars */) = 0', '7     connect(3<socket:[1]>, {sa_family=AF_INET, <unfinished ...>',
    '8 +++ exited with 0 +++',
    '7     <... connect resumed>sin_port=htons(80), sin_addr=inet_addr("192.0.2.1")}, 16) = -1 ECONNREFUSED (Connection refused)',
  ];
  const cut = readTrace(text.join('\n'));
  expect(cut.calls.map(({ name, error }) => [name, error])).toEqual([['execve', undefined], ['connect', 'ECONNREFUSED']]);
  expect(cut.calls[1] && addressIn(cut.calls[1], 1)).toEqual({ family: 'inet', host: '192.0.2.1', port: 80 });
  const ended = readTrace([...text, '7 +++ killed by SIGTERM +++'].join('\n'));
  expect([cut, ended, readTrace('')].map(({ isWhole }) => isWhole)).toEqual([false, true, false]);
});
