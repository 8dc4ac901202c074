import { expect, test } from 'vitest';
import { ownStarts } from './own-starts.ts';

test('the worker as it was started and programs of others are left out', () => {
  expect(ownStarts('worker', ['serve'], [
    '/opt/worker serve', 'worker serve', '/opt/worker', '(worker)', '/usr/bin/git fetch', '/opt/worker -m tools.server --port 1',
    '/opt/worker --multiprocessing-fork tracker_fd=5',
  ])).toEqual(['/opt/worker -m tools.server --port 1', '/opt/worker --multiprocessing-fork tracker_fd=5']);
});
