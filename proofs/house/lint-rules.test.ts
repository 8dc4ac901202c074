import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { globSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, matchesGlob } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { folderRules, importsOf, isInCircle, type FolderRules } from './lint-rules.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const rules = folderRules(root);
const imports = importsOf(root);
const oxlint = join(root, 'node_modules/.bin/oxlint');

/** A pattern of the linter as one of the project's folder. */
const inProject = (pattern: string) => pattern.replace(/^(?:\.\.\/)+/, '**/');

test('every folder of the house says what it may not import, and why', () => {
  const folders = readdirSync(join(root, 'harness'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const bound = new Set(rules.map(({ folder }) => folder));
  expect(['suites', 'harness', ...folders.map(({ name }) => `harness/${name}`)].filter((folder) => !bound.has(folder))).toEqual([]);
  expect(rules.filter(({ message }) => !/^[A-Z].*\.$/.test(message))).toEqual([]);
});

test('every rule binds something: what it forbids exists, and what it excepts is still imported', () => {
  const files = globSync('{harness,suites,proofs}/**/*.ts', { cwd: root });
  const matches = (pattern: string) => files.some((file) => matchesGlob(file, inProject(pattern)));
  const imported = ({ folder }: FolderRules, pattern: string) => [...imports].some(([file, targets]) =>
    file.startsWith(`${folder}/`) && targets.some((target) => matchesGlob(target, pattern)));
  expect(rules.flatMap(({ file, forbidden }) => forbidden.filter((pattern) => !matches(pattern)).map((pattern) => `${file}: ${pattern}`)),
    'nothing of this name is left to be forbidden').toEqual([]);
  expect(rules.flatMap((one) => one.exceptions.filter((pattern) => !imported(one, pattern)).map((pattern) => `${one.file}: !${pattern}`)),
    'repaired: take the exception away').toEqual([]);
});

test('a file that may take part in a circle still does', () => {
  const named = (folder: string, pattern: string) => [...imports.keys()].filter((file) => matchesGlob(file, `${folder}/${pattern}`));
  expect(rules.flatMap(({ folder, file, circular }) =>
    circular.filter((pattern) => !named(folder, pattern).some((one) => isInCircle(one, imports))).map((pattern) => `${file}: ${pattern}`)),
  'repaired: take the exception away').toEqual([]);
});

test('the linter reports every import that is forbidden in every folder, none that is excepted, and circles of types too', async () => {
  const place = await mkdtemp(join(tmpdir(), 'frostgate-lint-rules-'));
  try {
    const expected = new Set<string>();
    await copyFile(join(root, '.oxlintrc.json'), join(place, '.oxlintrc.json'));
    for (const { folder, file, forbidden, exceptions } of rules) {
      await mkdir(join(place, folder, 'within'), { recursive: true });
      await copyFile(join(root, file), join(place, file));
      const specifiers = [...forbidden, ...exceptions].map((pattern) =>
        pattern.replace(/^\*\*/, '../..').replace('/**', '/deep/x.ts').replace('*', '01-x'));
      await writeFile(join(place, folder, 'within/planted.ts'), specifiers.map((specifier, index) =>
        `import type { x as x${index} } from '${specifier}';\n`).join(''));
      for (const index of forbidden.keys()) expected.add(`${folder}/within/planted.ts:${index + 1}`);
    }
    const circle = ['harness/report/within/a.ts', 'harness/report/within/b.ts'];
    for (const [index, file] of circle.entries()) {
      const other = `T${1 - index}`;
      const text = `import type { ${other} } from './${index === 0 ? 'b' : 'a'}.ts';\nexport type T${index} = ${other}[];\n`;
      await writeFile(join(place, file), text);
    }
    const { stdout } = await execa(process.execPath, [oxlint, '-f', 'json'], { cwd: place, reject: false });
    type Diagnostic = { readonly code: string; readonly filename: string; readonly labels: { readonly span: { readonly line: number } }[] };
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
    const of = (code: string) => diagnostics.filter((one) => one.code === code);
    const lines = of('eslint(no-restricted-imports)').map(({ filename, labels }) => `${filename}:${labels[0]?.span.line}`);
    expect(new Set(lines)).toEqual(expected);
    expect(expected.size).toBeGreaterThan(100);
    expect(new Set(of('import(no-cycle)').map(({ filename }) => filename))).toEqual(new Set(circle));
  } finally {
    await rm(place, { recursive: true, force: true });
  }
});
