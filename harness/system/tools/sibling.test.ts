import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));

test('what is started by its path is compiled into the package: nothing imports it', () => {
  const build = readFileSync(join(root, 'tsconfig.build.json'), 'utf8');
  const started = globSync('harness/**/*.ts', { cwd: root }).filter((file) => !file.endsWith('.test.ts')).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/siblingModule\(\s*'([^']+)'/g)].map(([, name = '']) =>
      relative(root, join(root, dirname(file), `${name}.ts`))));
  expect(started.length).toBeGreaterThan(4);
  // The command itself is imported by the installed program.
  expect(started.filter((file) => !build.includes(`"${file}"`) && file !== 'harness/main.ts')).toEqual([]);
});
