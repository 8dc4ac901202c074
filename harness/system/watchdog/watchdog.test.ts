import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { runMark } from '../processes/marks.ts';
import { listProcesses, pidsWithEnvironment } from '../processes/process-table.ts';
import type { RunFolder } from '../launch/run-folder.ts';
import { endOf, waitFor } from '../wait.ts';

const harness = fileURLToPath(import.meta.resolve('./watchdog.fixture.ts'));

test('when the harness is killed, everything of its run is ended and its folder is removed', async () => {
  const child = fork(harness, { execArgv: [], stdio: 'ignore' });
  const [{ run, hidden }] = (await once(child, 'message')) as [{ run: RunFolder; hidden: number }];
  const mark = `${runMark}=${run.mark}`;
  expect(pidsWithEnvironment(mark).length).toBeGreaterThanOrEqual(2);
  expect(pidsWithEnvironment(mark)).not.toContain(hidden);
  child.kill('SIGKILL');
  const alive = (): boolean => listProcesses().some((entry) => entry.pid === hidden && !entry.zombie);
  const gone = (): true | undefined => (pidsWithEnvironment(mark).length === 0 && !alive() && !existsSync(run.folder) ? true : undefined);
  await waitFor('everything to be gone', gone, { deadlineMs: 10_000 });
});

test('a watchdog that is not ready in time ends, and so does the harness', async () => {
  const child = fork(fileURLToPath(import.meta.resolve('./watchdog-late.fixture.ts')), { execArgv: [], stdio: 'ignore' });
  const exit = once(child, 'exit');
  const [{ run, said }] = (await once(child, 'message')) as [{ run: RunFolder; said: string }];
  expect(said).toMatch(/^InfrastructureError: the watchdog process cannot be had: waited for the watchdog to be ready/);
  const [code] = await endOf('the end of the harness', exit, { deadlineMs: 10_000 });
  expect(code).toBe(0);
  const left = (): true | undefined => !listProcesses().some(({ command }) => command.includes(run.mark)) || undefined;
  await waitFor('the watchdog to be gone', left, { deadlineMs: 5_000 });
});
