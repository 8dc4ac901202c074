import { readFileSync, globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

test('nothing outside this folder knows a manager by name', () => {
  const files = globSync('{harness,suites}/**/*.{ts,json,py}', { cwd: root }).filter(
    (file) => !/^harness\/baselines\/|\.(?:test|testing)\.ts$/.test(file.replaceAll('\\', '/')),
  );
  expect(files.length).toBeGreaterThan(200);
  const words = /poetry|\bpip (?:install|sync)\b|\buv (?:run|sync|add)\b/i;
  expect(files.filter((file) => words.test(readFileSync(`${root}${file}`, 'utf8')))).toEqual([]);
});
