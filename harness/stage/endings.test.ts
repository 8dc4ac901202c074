import { rmSync } from 'node:fs';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { Launch } from '../system/launch/launch.ts';
import { createRunFolder, newRun } from '../system/launch/run-folder.ts';
import { waitFor } from '../system/wait.ts';
import { Endings } from './endings.ts';
import { exitText, isAsPromised, type PromisedStop } from './promised-stop.ts';

const run = newRun();
createRunFolder(run);
afterAll(() => rmSync(run.folder, { recursive: true, force: true }));

const promised: PromisedStop = { signals: ['SIGTERM', 'SIGINT'], exitCodes: [0], withinMs: 5_000, inFlight: 'drain' };

/** A real process that says when its traps are in place. */
async function started(script: string): Promise<Launch> {
  const launch = Launch.start(run, { file: '/bin/sh', args: ['-c', `${script}; echo ready; while :; do sleep 0.05; ` +
    'done'], variant: 'subject' }, {});
  onTestFinished(async () => void (await launch.dispose()));
  await waitFor('the traps', () => launch.output.text().includes('ready') || undefined, { deadlineMs: 10_000 });
  return launch;
}

test('the promised signals take turns, so that every kind of stop is seen of ordinary launches', async () => {
  const endings = new Endings(promised);
  const launch = await started("trap 'exit 0' TERM INT");
  expect([1, 2, 3, 4].map(() => endings.next(launch))).toEqual(['SIGINT', 'SIGTERM', 'SIGINT', 'SIGTERM']);
});

test('a stop is kept once, with exit, time and what was left behind', async () => {
  const endings = new Endings(promised);
  const launch = await started("trap 'touch $TMPDIR/left; exit 3' TERM");
  const ending = await endings.stop(launch, 'SIGTERM');
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
    expect(await endings.stop(launch, 'SIGTERM')).toMatchObject({ exit: undefined });
  }
  expect([1, 2, 3].map(() => endings.next(deaf))).toEqual(['SIGINT', 'SIGINT', 'SIGINT']);
  const only = new Endings({ ...promised, signals: ['SIGTERM'], withinMs: 300 });
  for (let times = 0; times < 2; times += 1) await only.stop(await started("trap '' TERM"), 'SIGTERM');
  expect(only.next(deaf)).toBeUndefined();
});

test('an end by a signal is as promised only where the contract lists it as a negative number', async () => {
  const launch = await started('trap - TERM');
  const { exit } = await new Endings(promised).stop(launch, 'SIGTERM');
  expect(exitText(exit)).toBe('SIGTERM');
  expect(isAsPromised(promised, exit)).toBe(false);
  expect(isAsPromised({ exitCodes: [0, -15] }, exit)).toBe(true);
});
