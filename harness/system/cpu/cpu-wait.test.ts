import { availableParallelism } from 'node:os';
import { afterAll, afterEach, expect, test } from 'vitest';
import { Launch } from '../launch/launch.ts';
import { createRunFolder, newRun, removeRun } from '../launch/run-folder.ts';
import { findOnPath } from '../tools/on-path.ts';
import { stretchTimes, waitFor, WaitFailed } from '../wait.ts';
import { judgeDeadline } from './cpu-use.ts';
import { watchCpu } from './cpu-wait.ts';

// Real processes, and the scheduler of this machine. Whatever else runs here meanwhile must not change the answers.
const run = newRun();
createRunFolder(run);
const started: Launch[] = [];
const sh = (script: string): Launch => {
  const launch = Launch.start(run, { file: '/bin/sh', args: ['-c', script], variant: 'subject' }, {});
  started.push(launch);
  return launch;
};

afterEach(async () => {
  for (const launch of started.splice(0)) await launch.dispose();
});
afterAll(() => removeRun(run));

const burn = 'i=0; while [ $i -lt 400000 ]; do i=$((i+1)); done';
const crowd = (each = 3): void => {
  for (let loop = 0; loop < each * availableParallelism(); loop += 1) sh('while :; do :; done');
};

/** What a launch has used when it has done this. It lives on until then: of what has ended nobody can be asked how long it waited. */
async function does(what: string): Promise<{ endMs: number; use: ReturnType<Launch['cpu']['use']> }> {
  const launch = sh(`${what}; echo done; exec sleep 600`);
  const done = (): true | undefined => (launch.cpu.sample(), launch.output.text() === '' ? undefined : true);
  await waitFor('its end', done, { deadlineMs: 60_000, everyMs: 5 });
  const endMs = launch.elapsedMs();
  await launch.dispose();
  return { endMs, use: launch.cpu.use() };
}

test.runIf(process.platform === 'linux')('under load the same work takes longer, and what it waited tells by how much', async () => {
  const alone = await does(burn);
  crowd();
  const crowded = await does(burn);
  expect(crowded.use).toMatchObject({ how: 'exact' });
  expect(crowded.use.othersCores).toBeGreaterThan(0.3);
  expect(crowded.use.waitedMs).toBeGreaterThan(crowded.use.usedMs / 2);
  const own = ({ endMs, use }: typeof alone): number => endMs - use.waitedMs;
  // The waiting explains what it took longer than it computed, but for the time in which nobody here came to see the end: this process
  // waits too. That the same costs more CPU beside others is no wait.
  expect(own(crowded) - crowded.use.usedMs).toBeLessThan(0.4 * (crowded.endMs - alone.endMs));
  const limitMs = own(crowded) * 1.2;
  expect(judgeDeadline({ ...crowded.use, elapsedMs: crowded.endMs, limitMs })).toMatchObject({
    verdict: 'machine', sentence: expect.stringMatching(/but the worker waited \d+\.\d s for a CPU while it used \d\.\d s$/),
  });
}, 90_000);

/** Sleeps, while six of its threads each do a little something again and again: one of them waits at nearly any time. */
const threads = `import hashlib, threading, time
def work():
  while True:
    time.sleep(0.02)
    hashlib.sha256(b"x" * 2_000_000).digest()
for _ in range(6): threading.Thread(target=work, daemon=True).start()
time.sleep(60)`;

test.runIf(process.platform === 'linux')('threads that wait in turn are no longer wait, however often they are looked at', async () => {
  crowd();
  const launch = Launch.start(run, { file: findOnPath('python3') ?? '', args: ['-S', '-c', threads], variant: 'subject' }, {});
  started.push(launch);
  const [often, seldom] = [watchCpu(launch.pid), watchCpu(launch.pid)];
  const slept = (): true | undefined => (often.sample(), seldom.sample('when due'), launch.elapsedMs() > 3_000 || undefined);
  await waitFor('three seconds', slept, { deadlineMs: 60_000, everyMs: 10 });
  const [{ waitedMs }, { waitedMs: lessOften }] = [often.use(), seldom.use()];
  expect(lessOften).toBeGreaterThan(300);
  expect(waitedMs).toBeLessThan(1.2 * lessOften + 100);
}, 70_000);

test('a worker that is slow by itself has no excuse on a busy machine', async () => {
  crowd();
  const { endMs, use } = await does('sleep 2');
  expect(judgeDeadline({ ...use, elapsedMs: endMs, limitMs: 1_000 }).verdict).toBe('missed');
}, 30_000);

test.runIf(process.platform === 'linux')('children and their children count, also those that have ended', async () => {
  const launch = sh(`(${burn}) & (sh -c '${burn}') & wait; sleep 30`);
  const ended = (): true | undefined => (launch.cpu.sample().usedMs > 400 && launch.alive().length === 2) || undefined;
  await waitFor('both to have worked', ended, { deadlineMs: 30_000, seen: () => JSON.stringify([launch.cpu.use(), launch.alive()]) });
  expect(launch.cpu.use().usedMs).toBeGreaterThan(400);
}, 40_000);

test.runIf(process.platform === 'linux')('a wait for a crowded worker is stretched, and ends', async () => {
  crowd(6);
  // What it costs beside others, which is more than alone: two hardware threads share one core, and all share the caches.
  const { use } = await does(burn);
  const deadlineMs = 2 * use.usedMs;
  const launch = sh(`${burn}; sleep 60`);
  const worked = (): true | undefined => launch.alive().some(({ command }) => command.startsWith('sleep 60')) || undefined;
  const start = performance.now();
  const end = await waitFor('its work', worked, { deadlineMs, everyMs: 50, stretch: launch.cpu.stretch() }).catch(
    (error: unknown) => (error instanceof WaitFailed ? error.kind : error),
  );
  // Where the crowd of this machine is larger than the stretch allows, it is still not the worker's fault.
  expect([true, 'machine']).toContain(end);
  expect(performance.now() - start).toBeGreaterThan(deadlineMs);
  expect(performance.now() - start).toBeLessThan(stretchTimes * deadlineMs + 2_000);
}, 60_000);
