import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { busySentence } from './machine-load.ts';

const load = { cores: 2, othersCores: 1.6, loadAverage: 8.06, waitingShare: 0.452 };

test('a busy machine is told with its figures, a free one is not', () => {
  expect(busySentence(load)).toMatch(/^The machine was busy: other work kept 1\.6 of its 2 cores busy .* 8\.1; in 45 % of the time/);
  expect(busySentence({ ...load, waitingShare: undefined })).toContain('(load average 8.1). Times');
  expect(busySentence({ ...load, othersCores: 0.3 })).toBeUndefined();
});

test.runIf(process.platform === 'linux')('the work of the run is not called that of others', async () => {
  const harness = fork(fileURLToPath(import.meta.resolve('./machine-load.fixture.ts')), { execArgv: [] });
  const [{ withOwn, ownCores, withForeign }] = await once(harness, 'message');
  expect(withForeign.othersCores).toBeGreaterThan(0.2);
  // Whatever else runs here is in both; the run's own loops are in neither, however crowded the machine is.
  expect(ownCores).toBeGreaterThan(0.1);
  expect(withOwn.othersCores + ownCores).toBeLessThan(withOwn.cores + ownCores / 2);
});
