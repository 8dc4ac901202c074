import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Launch } from '../launch/launch.ts';
import { createRunFolder, newRun, removeRun } from '../launch/run-folder.ts';
import { busySentence, watchMachine } from './machine-load.ts';

const load = { cores: 2, othersCores: 1.6, loadAverage: 8.06, waitingShare: 0.452 };

test('a busy machine is told with its figures, a free one is not', () => {
  expect(busySentence(load)).toMatch(/^The machine was busy: other work kept 1\.6 of its 2 cores busy .* 8\.1; in 45 % of the time/);
  expect(busySentence({ ...load, waitingShare: undefined })).toContain('(load average 8.1). Times');
  expect(busySentence({ ...load, othersCores: 0.3 })).toBeUndefined();
});

test.runIf(process.platform === 'linux')('the work of the run is not called that of others', async () => {
  const run = newRun();
  createRunFolder(run);
  const busy = ['-c', 'while :; do :; done'];
  const watch = watchMachine(run);
  const own = Launch.start(run, { file: '/bin/sh', args: busy, variant: 'subject' }, {});
  await pause(1_500);
  const withOwn = watch.seen();
  await own.dispose();
  const again = watchMachine(run);
  const foreign = spawn('/bin/sh', busy, { stdio: 'ignore' });
  await pause(1_500);
  const withForeign = again.seen();
  foreign.kill('SIGKILL');
  removeRun(run);
  expect(withForeign.othersCores).toBeGreaterThan(0.2);
  // Whatever else runs here is in both; the run's own loop is in neither.
  expect(withOwn.othersCores).toBeLessThan(withOwn.cores - 0.2);
});
