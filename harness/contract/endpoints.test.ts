import { expect, test } from 'vitest';
import { parseEndpoint } from './endpoints.ts';
import { coversPath, leadsTo, matchesGlob } from './globs.ts';

test('ports, hosts, both, and paths', () => {
  const texts = ['9464', '127.0.0.1:9464', '0.0.0.0:*', '[::1]:80', '::', 'API.example.com', '*.example.com:443', '/run/x.sock', '@x'];
  expect(texts.map(parseEndpoint)).toEqual([
    { port: 9464 }, { host: '127.0.0.1', port: 9464 }, { host: '0.0.0.0' }, { host: '::1', port: 80 }, { host: '::' },
    { host: 'api.example.com' }, { host: '*.example.com', port: 443 }, { path: '/run/x.sock' }, { path: '@x' },
  ]);
  expect(['', '0', '65536', 'a:b', 'http://x/', 'a b', '127.0.0.1:0'].map(parseEndpoint)).toEqual(Array.from({ length: 7 }));
});

test('one star stays in its folder, two do not; a folder stands for what is in it', () => {
  expect(matchesGlob('/a/b.c', '/a/*.c')).toBe(true);
  expect(matchesGlob('/a/b/c', '/a/*')).toBe(false);
  expect(matchesGlob('/a/b/x.c', '/a/**/*.c')).toBe(true);
  expect(matchesGlob('/a/xbc', '/a/x.c')).toBe(false);
  expect([coversPath('/a/b/', '/a/b/c/d'), coversPath('/a/b', '/a/b'), coversPath('/a/b', '/a/bc')]).toEqual([true, true, false]);
  expect(['/a/b', '/a', '/a/bc'].map((folder) => leadsTo('/a/b/*.c', folder))).toEqual([true, true, false]);
  expect(leadsTo('/a/b', '/a/b')).toBe(false);
});
