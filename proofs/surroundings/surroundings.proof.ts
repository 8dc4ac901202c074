import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect } from 'vitest';
import { asked, chosenRows } from '../support/asked.ts';
import { build, environment, root, run } from '../support/command.ts';
import { test } from '../support/proof.ts';
import { drawn, seed } from '../support/seed.ts';
import { rows } from './rows.ts';

// Where frostgate runs must not decide what it says: the healthy reference is verified in places and under limits of every kind. Each gives
// the right verdict, or one sentence and exit code 3; it never hangs, and nothing is left behind. Of a sample one row in four is run.

const { sample, rows: named } = asked();
const chosen = chosenRows(rows, ({ name }) => name).filter(({ name }) => !sample || named.length > 0 || drawn(seed, name) < 1 / 4);
const possible = chosen.filter(({ root: needsRoot }) => !needsRoot || process.getuid?.() === 0);
const limitMs = 120_000;
const reference = join(root, 'fixtures/agent-runner');
const words = [
  process.execPath, '--import', join(root, 'harness/preload.js'), join(root, 'harness/main.ts'),
  '--binary', join(reference, 'dist/agent-runner'), '--contract', join(reference, 'worker-contract.yaml'),
  '--only', 'artifact.version', '--only', 'registration.pollers',
];

describe.skipIf(process.platform !== 'linux')('surroundings', () => {
  beforeAll(async () => await build('agent-runner', AbortSignal.timeout(900_000)), 900_000);

  test.for(possible)('$name', { timeout: limitMs }, async ({ shell, code, says }, { folder, signal }) => {
    const VERIFY = [...words, ...(shell.includes('--report-dir') ? [] : ['--report-dir', join(folder, 'reports')])].join(' ');
    const env = environment(dirname(process.execPath), { DIR: folder, VERIFY });
    const ran = await run('bash', ['-c', shell], { env, timeoutMs: limitMs - 20_000, signal });
    expect(ran.code, ran.told).toBe(code);
    expect(ran.stderr, ran.told).toMatch(says ?? /^/);
    expect(ran.stderr, ran.told).not.toMatch(/a fault of frostgate|\n {4}at /);
    const left = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /^(?:tmp|small)[^/]*\/./.test(name));
    expect(left, ran.told).toEqual([]);
  });
});
