import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { z } from 'zod';

const patterns = z.object({ patterns: z.array(z.object({ group: z.array(z.string()), message: z.string() })).length(1) });
const config = z.strictObject({
  extends: z.array(z.string()).length(1),
  rules: z.strictObject({ 'no-restricted-imports': z.tuple([z.literal('error'), patterns]) }),
  overrides: z.array(
    z.strictObject({ files: z.array(z.string()), rules: z.strictObject({ 'import/no-cycle': z.literal('off') }) }),
  ).default([]),
});

/** What one folder may not import: the rules that lie beside it. */
export type FolderRules = {
  readonly folder: string;
  readonly file: string;
  readonly forbidden: readonly string[];
  /** What it imports all the same, until that is repaired or because it may. */
  readonly exceptions: readonly string[];
  readonly message: string;
  /** Files that may still take part in a circle. */
  readonly circular: readonly string[];
};

/** The rules of every folder of the house that has some; `root` is the project's folder. */
export function folderRules(root: string): FolderRules[] {
  return globSync('{harness,suites}/**/.oxlintrc.json', { cwd: root }).map((file) => {
    const { rules, overrides } = config.parse(JSON.parse(readFileSync(join(root, file), 'utf8')));
    const [{ group, message } = { group: [], message: '' }] = rules['no-restricted-imports'][1].patterns;
    return {
      folder: dirname(file), file, message, circular: overrides.flatMap(({ files }) => files),
      forbidden: group.filter((pattern) => !pattern.startsWith('!')),
      exceptions: group.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1)),
    };
  });
}

/** Every source file of the house with what it imports of it, as paths in the project's folder. */
export function importsOf(root: string): ReadonlyMap<string, readonly string[]> {
  return new Map(globSync('{harness,suites}/**/*.ts', { cwd: root }).map((file) => {
    const found = readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import)\s*\(?'(\.[^']+)'/g);
    return [file, [...found].map(([, specifier = '']) => normalize(join(dirname(file), specifier)))];
  }));
}

/** Whether a file can be reached from what it imports. */
export function isInCircle(file: string, imports: ReadonlyMap<string, readonly string[]>): boolean {
  const reached = new Set<string>();
  const left = [...(imports.get(file) ?? [])];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (next === file) return true;
    if (!reached.has(next)) left.push(...(imports.get(next) ?? []));
    reached.add(next);
  }
  return false;
}
