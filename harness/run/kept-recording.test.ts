import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findBaseline } from '../baselines/baseline.ts';
import { fileFor } from '../baselines/recorder/kept.ts';
import { otherRun } from './other-run.ts';

test('a second comparison launches nothing and says the same', { timeout: 300_000 }, async () => {
  const project = fileURLToPath(new URL('../../fixtures/small-worker/', import.meta.url)).replace(/\/$/, '');
  const words = [`--binary=${join(project, 'dist/no-data')}`, `--baseline=${project}`, '--only=bundle', '--profile=quick'];
  rmSync(fileFor((await findBaseline(project, undefined)).directory), { force: true });
  const [first, second] = [await otherRun(words, AbortSignal.timeout(150_000)), await otherRun(words, AbortSignal.timeout(150_000))];
  expect([first, second].map(({ tool }) => tool.launches.baseline)).toEqual([1, 0]);
  expect(second.findings).toEqual(first.findings);
  expect(second.findings.map(({ hazard }) => hazard)).toEqual(['BC-04']);
});
