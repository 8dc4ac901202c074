import { readFileSync, globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

// What a project's own Makefile calls is read word by word.
const reads = 'harness/runtimes/pyinstaller/rebuild/calls.ts';

test('nothing outside this folder knows a manager by name', () => {
  const files = globSync('{harness,suites}/**/*.{ts,json,py}', { cwd: root }).filter(
    // What is written for people who repair something names what they type.
    (file) => !/^harness\/(?:baselines|explained)\/|\.(?:test|testing)\.ts$/.test(file.replaceAll('\\', '/')),
  );
  expect(files.length).toBeGreaterThan(200);
  const words = /poetry|\bpip (?:install|sync)\b|\buv (?:run|sync|add)\b/i;
  expect(files.filter((file) => file.replaceAll('\\', '/') !== reads && words.test(readFileSync(`${root}${file}`, 'utf8')))).toEqual([]);
});
