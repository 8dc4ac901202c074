import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A file of a project's own source. */
export type SourceFile = { readonly file: string; readonly text: string };

/** Larger ones are made by programs. */
const largestBytes = 500_000;
const mostFiles = 2_000;
const notOwn = /(?:^|[\\/])(?:node_modules|vendor|dist|build|venv|site-packages|tests?|mocha|\.[^\\/]+)$/;
const isTest = /(?:_test\.go|(?:^|[\\/])(?:test_[^\\/]*|conftest|setup)\.py|\.(?:test|spec|d)\.[cm]?[jt]sx?)$/;

/** The source of a project without its tests, what is built, and what others wrote. */
export function filesIn(directory: string): SourceFile[] {
  const all = globSync('**/*.{py,go,ts,mts,cts,js,mjs,cjs}', { cwd: directory, exclude: (path) => notOwn.test(path) });
  const files = all.filter((file) => !isTest.test(file) && statSync(join(directory, file)).size <= largestBytes).slice(0, mostFiles);
  return files.map((file) => ({ file, text: readFileSync(join(directory, file), 'utf8') }));
}
