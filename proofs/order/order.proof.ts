import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect } from 'vitest';
import { catalogue } from '../../harness/contract/catalogue.ts';
import { asked } from '../support/asked.ts';
import { build, root, run } from '../support/command.ts';
import { test } from '../support/proof.ts';
import { drawn, seed } from '../support/seed.ts';

// No suite relies on an earlier one: each passes alone on the reference, and so do all of them in any order. With --sample one shuffled
// order, whose seed is the commit; with --whole the full profile in place of the quick one.

const { sample, whole } = asked();
const suites = globSync('suites/*.suite.ts', { cwd: root }).map((file) => basename(file, '.suite.ts'))
  .filter((suite) => !suite.endsWith('-closing'));
// What comes late in a run has a suite, and is of another area; what has checks only beside the last release is not run here.
const areas = suites.map((suite) => suite.replace(/^\d+-/, '')).filter((area) => catalogue(undefined).some((spec) => spec.area === area));
const limitMs = 300_000;
const orders = [1, 2, 3].slice(0, sample ? 1 : 3).map((number) => shuffled(`${seed}-${number}`));

/** The same seed gives the same order. */
function shuffled(from: string): { readonly from: string; readonly order: string } {
  return { from, order: suites.toSorted((a, b) => drawn(from, a) - drawn(from, b)).map((suite) => suite.slice(0, 2)).join(',') };
}

async function verified(folder: string, signal: AbortSignal, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const reference = join(root, 'fixtures/agent-runner');
  return await run(process.execPath, [
    join(root, 'harness/main.ts'), '--binary', join(reference, 'dist/agent-runner'), '--baseline', reference, '--report-dir', folder,
    '--profile', whole ? 'full' : 'quick', ...args,
  ], { env: { ...process.env, ...env }, timeoutMs: limitMs, signal });
}

describe('order', () => {
  beforeAll(async () => await build('agent-runner', AbortSignal.timeout(900_000)), 900_000);

  test.for(orders)('the suites in the order $order (seed $from)', { timeout: limitMs }, async ({ order }, { folder, signal }) => {
    const { code, told } = await verified(folder, signal, [], { FROSTGATE_SUITE_ORDER: order });
    expect(code, `FROSTGATE_SUITE_ORDER=${order} ${told}`).toBe(0);
  });

  test.skipIf(sample).for(areas)('%s alone', { timeout: limitMs }, async (area, { folder, signal }) => {
    const { code, told } = await verified(folder, signal, ['--only', area]);
    expect(code, told).toBe(0);
  });
});
