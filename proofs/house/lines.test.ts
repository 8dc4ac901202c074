import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const limitColumns = 140;

test('no line of the sources is longer than 140 characters', () => {
  const listed = execFileSync('git', ['ls-files', '-z', 'harness', 'suites', 'proofs', 'fixtures', 'vitest.config.ts'], { cwd: root });
  const files = listed.toString().split('\0').filter((file) => /(?<!_pb2|_pb2_grpc)\.(?:ts|py|spec|sh)$/.test(file));
  const long = files.flatMap((file) => readFileSync(join(root, file), 'utf8').split('\n').flatMap((line, index) =>
    (Array.from(line).length > limitColumns ? [`${file}:${index + 1} has ${Array.from(line).length}`] : [])));
  expect(files.length).toBeGreaterThan(400);
  expect(long).toEqual([]);
});
