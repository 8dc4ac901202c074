import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { pidsCarrying } from '../processes/marks.ts';
import { listProcesses } from '../processes/process-table.ts';
import { notedMarks, notedRooms, notePid, type RunFolder } from '../launch/run-folder.ts';
import { noteRun, sweepAbandoned } from './abandoned.ts';
import { endOf, waitFor } from '../wait.ts';

const harness = fileURLToPath(import.meta.resolve('./watchdog.fixture.ts'));

/** Notes of runs go to a cache of the test's own, whose folder it gives. */
function useOwnCache(onTestFinished: (end: () => void) => void): string {
  const cache = mkdtempSync(join(tmpdir(), 'watchdog-'));
  vi.stubEnv('XDG_CACHE_HOME', cache);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(cache, { recursive: true });
  });
  return cache;
}

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

test('when harness and watchdog are killed together, the next run ends what is left, by the marks alone', async ({ onTestFinished }) => {
  useOwnCache(onTestFinished);
  const child = fork(harness, { execArgv: [], stdio: 'ignore' });
  const [{ run, escaped }] = (await once(child, 'message')) as [{ run: RunFolder; escaped: number[] }];
  const rooms = notedRooms(run);
  const alive = () => listProcesses().filter((entry) => escaped.includes(entry.pid) && !entry.zombie).length;
  expect(await sweepAbandoned()).toEqual([]);
  const watchdog = listProcesses().find(({ command }) => command.includes(`watchdog-process.ts ${run.folder}`));
  process.kill(watchdog?.pid ?? 0, 'SIGKILL');
  expect(await sweepAbandoned()).toEqual([]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(alive()).toBe(2);
  // A process that is not ours has a pid that was noted, as after many others.
  const foreign = spawn('sleep', ['60'], { detached: true });
  notePid(run, foreign.pid ?? 0);
  expect(await sweepAbandoned()).toEqual([run.folder]);
  expect([run.folder, ...rooms].filter((path) => existsSync(path))).toEqual([]);
  expect([alive(), foreign.exitCode, foreign.signalCode]).toEqual([0, null, null]);
  expect(await sweepAbandoned()).toEqual([]);
  foreign.kill('SIGKILL');
});

test('a folder that has another secret, or none, is not taken for a run that was left', async ({ onTestFinished }) => {
  const cache = useOwnCache(onTestFinished);
  const folder = join(cache, 'precious');
  mkdirSync(folder);
  await noteRun({ folder, mark: 'abc' }, []);
  expect(await sweepAbandoned()).toEqual([]);
  writeFileSync(join(folder, 'owner'), 'abd');
  await noteRun({ folder, mark: 'abc' }, []);
  expect(await sweepAbandoned()).toEqual([]);
  expect([existsSync(folder), readdirSync(join(cache, 'frostgate/runs'))]).toEqual([true, []]);
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
