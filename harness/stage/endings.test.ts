import { afterAll, expect, onTestFinished, test } from 'vitest';
import { Launch } from '../system/launch/launch.ts';
import { createRunFolder, newRun, removeRun } from '../system/launch/run-folder.ts';
import { waitFor } from '../system/wait.ts';
import { Endings } from './endings.ts';
import { exitText, isAsPromised, type PromisedStop } from './promised-stop.ts';
import type { Way } from './ways.ts';

const run = newRun();
createRunFolder(run);
afterAll(() => removeRun(run));

const promised: PromisedStop = {
  signals: ['SIGTERM', 'SIGINT'], main: 'SIGTERM', exitCodes: [0], withinMs: 5_000, inFlight: 'drain', parentKilled: undefined,
};

const sigterm: Way = { signal: 'SIGTERM', target: 'parent' };
const asText = (way: Way | undefined) => `${way?.signal} ${way?.target}`;

/** A real process that says when its traps are in place. */
async function started(script: string, variant: 'subject' | 'baseline' = 'subject'): Promise<Launch> {
  const launch = Launch.start(run, { file: '/bin/sh', args: ['-c', `${script}; echo ready; while :; do sleep 0.05; ` +
    'done'], variant }, {});
  onTestFinished(async () => void (await launch.dispose()));
  await waitFor('the traps', () => launch.output.text().includes('ready') || undefined, { deadlineMs: 10_000 });
  return launch;
}

test('the ways to end take turns, so that every kind of stop is seen of ordinary launches', async () => {
  const endings = new Endings(promised);
  const launch = await started("trap 'exit 0' TERM INT");
  expect(Array.from({ length: 9 }, () => asText(endings.next(launch)))).toEqual([
    'SIGTERM group', 'SIGINT group', 'SIGTERM child', 'SIGKILL parent',
    'SIGTERM parent', 'SIGTERM group', 'SIGINT parent', 'SIGINT group', 'SIGTERM parent',
  ]);
});

test('what the baseline is told, only its started process is told', async () => {
  const endings = new Endings(promised);
  const launch = await started("trap 'exit 0' TERM INT", 'baseline');
  expect([1, 2, 3].map(() => asText(endings.next(launch)))).toEqual(['SIGTERM parent', 'SIGINT parent', 'SIGTERM parent']);
});

test('a stop is kept once, with exit, time and what was left behind', async () => {
  const endings = new Endings(promised);
  const launch = await started("trap 'touch $TMPDIR/left; exit 3' TERM");
  const ending = await endings.stop(launch, sigterm);
  expect(ending).toMatchObject({ signal: 'SIGTERM', exit: { code: 3, signal: null }, remains: { leftOvers: ['left'] } });
  expect(await endings.keep(launch, { signal: undefined, exit: launch.exit, stopMs: 0 })).toBe(ending);
  expect(endings.all).toEqual([ending]);
  expect(isAsPromised(promised, ending.exit)).toBe(false);
});

test('a signal that was ignored twice is not asked for again; with all of them ignored nothing is waited for', async () => {
  const endings = new Endings({ ...promised, withinMs: 300 });
  const deaf = await started("trap '' TERM");
  for (let times = 0; times < 2; times += 1) {
    const launch = await started("trap '' TERM");
    expect(await endings.stop(launch, sigterm)).toMatchObject({ exit: undefined });
  }
  expect(new Set([1, 2, 3].map(() => endings.next(deaf)?.signal))).toEqual(new Set(['SIGINT']));
  const only = new Endings({ ...promised, signals: ['SIGTERM'], withinMs: 300 });
  for (let times = 0; times < 2; times += 1) await only.stop(await started("trap '' TERM"), sigterm);
  expect([1, 2].map(() => only.next(deaf))).toEqual([undefined, undefined]);
});

test('an end by a signal is as promised only where the contract lists it as a negative number', async () => {
  const launch = await started('trap - TERM');
  const { exit } = await new Endings(promised).stop(launch, sigterm);
  expect(exitText(exit)).toBe('SIGTERM');
  expect(isAsPromised(promised, exit)).toBe(false);
  expect(isAsPromised({ exitCodes: [0, -15] }, exit)).toBe(true);
});

/** A parent with a child; `child` is what the child does at SIGTERM. */
async function family(child: string): Promise<{ readonly launch: Launch; readonly worker: number }> {
  const own = `trap "${child}" TERM; echo child; while :; do sleep 0.05; done`;
  const launch = await started(`trap 'kill $C; wait $C; exit' TERM; sh -c '${own}' & C=$!`);
  const worker = () => launch.alive().find(({ parentPid, command }) => parentPid === launch.pid && command.startsWith('sh -c'))?.pid;
  return { launch, worker: await waitFor('the child', () => (launch.output.text().includes('child') ? worker() : undefined), {
    deadlineMs: 10_000,
  }) };
}

test('a signal to the worker itself finds the started process standing still, and lets it go on afterwards', async () => {
  const endings = new Endings({ ...promised, withinMs: 2_000 });
  const { launch, worker } = await family('exit 0');
  const ending = await endings.stop(launch, { signal: 'SIGTERM', target: 'child' }, { worker });
  // This one does not wait for its child, so it goes on.
  expect(ending).toMatchObject({ target: 'child', apart: true, workerEnded: true, exit: undefined });
  expect(launch.alive().some(({ pid }) => pid === worker)).toBe(false);
});

test('what outlives a killed parent is what remains', async () => {
  const endings = new Endings({ ...promised, parentKilled: 'ends', withinMs: 3_000 });
  const { launch, worker } = await family('exit 0');
  const ending = await endings.stop(launch, { signal: 'SIGKILL', target: 'parent' });
  expect(ending).toMatchObject({ apart: true, exit: { signal: 'SIGKILL' } });
  expect(ending.remains.survivors.map(({ pid }) => pid)).toContain(worker);
});

test('a signal to the group reaches what the started process has started', async () => {
  const { launch, worker } = await family('echo told; exit 0');
  await new Endings(promised).stop(launch, { signal: 'SIGTERM', target: 'group' });
  expect(launch.output.text()).toContain('told');
  expect(launch.alive().some(({ pid }) => pid === worker)).toBe(false);
});
