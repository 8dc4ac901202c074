import { existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { pidsCarrying } from '../processes/marks.ts';
import { listProcesses } from '../processes/process-table.ts';
import { notedMarks, notedRooms, type RunFolder } from '../launch/run-folder.ts';
import { endOf, waitFor } from '../wait.ts';

const harness = fileURLToPath(import.meta.resolve('./watchdog.fixture.ts'));

test.for([false, true])('when the harness is killed, everything of its run is ended; the notes are gone: %s', async (withoutNotes) => {
  const child = fork(harness, { execArgv: [], stdio: 'ignore' });
  const [{ run, escaped }] = (await once(child, 'message')) as [{ run: RunFolder; escaped: number[] }];
  const [marks, rooms] = [notedMarks(run), notedRooms(run)];
  const alive = () => listProcesses().filter((entry) => escaped.includes(entry.pid) && !entry.zombie).length;
  expect(alive()).toBe(2);
  expect(rooms.map((room) => existsSync(room))).toEqual([true, true]);
  if (withoutNotes) {
    await setTimeout(1_000); // the watchdog reads them as they are made
    rmSync(run.folder, { recursive: true });
  }
  child.kill('SIGKILL');
  const left = () => pidsCarrying(marks).length + alive() + [run.folder, ...rooms].filter((path) => existsSync(path)).length;
  const gone = (): true | undefined => left() === 0 || undefined;
  await waitFor('everything to be gone', gone, { deadlineMs: 10_000 });
});

test('a watchdog that is not ready in time ends, and so does the harness', async () => {
  const child = fork(fileURLToPath(import.meta.resolve('./watchdog-late.fixture.ts')), { execArgv: [], stdio: 'ignore' });
  const exit = once(child, 'exit');
  const [{ run, said }] = (await once(child, 'message')) as [{ run: RunFolder; said: string }];
  expect(said).toMatch(/^InfrastructureError: the watchdog process cannot be had: waited for the watchdog to be ready/);
  const [code] = await endOf('the end of the harness', exit, { deadlineMs: 10_000 });
  expect(code).toBe(0);
  const left = (): true | undefined => !listProcesses().some(({ command }) => command.includes(run.folder)) || undefined;
  await waitFor('the watchdog to be gone', left, { deadlineMs: 5_000 });
});
