import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { CheckFailed, CouldNotJudge } from '../../model/errors.ts';
import { Launch } from '../../system/launch/launch.ts';
import { createRunFolder, newRun, removeRun } from '../../system/launch/run-folder.ts';
import { faultOf, pairOf, sharedOf, type Arm } from './arms.ts';

const run = newRun();
createRunFolder(run);
const started: Launch[] = [];
afterEach(async () => {
  for (const launch of started.splice(0)) await launch.dispose();
});
afterAll(() => removeRun(run));

async function launched(script: string): Promise<Launch> {
  const launch = Launch.start(run, { file: '/bin/sh', args: ['-c', script], variant: 'previous' }, {});
  started.push(launch);
  await launch.waitForExit(script.startsWith('sleep') ? 1 : 20_000);
  return launch;
}

test('a coin says who runs first, one after the other, and both have the same padding, new in each pair, on CPUs by turns', async () => {
  const [firsts, lengths] = [new Map<Arm, number>(), new Set<number>()];
  for (let pair = 0; pair < 60; pair += 1) {
    const runs: { arm: Arm; padding: string; cpu: number | undefined }[] = [];
    let running = 0;
    const both = await pairOf(async (arm, { environment: { PADDING: padding = '' }, cpu }) => {
      running += 1;
      runs.push({ arm, padding, cpu });
      await Promise.resolve();
      expect(running).toBe(1);
      running -= 1;
      return arm.length;
    }, pair, sharedOf(pair, [3, 5]));
    expect(both).toEqual({ subject: 'subject'.length, previous: 'previous'.length });
    const [one, other] = runs;
    expect(new Set(runs.map(({ arm }) => arm)).size).toBe(2);
    expect(one?.padding).toBe(other?.padding);
    expect([one?.cpu, other?.cpu]).toEqual(pair % 2 === 0 ? [3, 3] : [5, 5]);
    lengths.add(one?.padding.length ?? -1);
    if (one) firsts.set(one.arm, (firsts.get(one.arm) ?? 0) + 1);
  }
  // Fewer than 8 of 60 come once in ten billion.
  expect(Math.min(firsts.get('subject') ?? 0, firsts.get('previous') ?? 0)).toBeGreaterThanOrEqual(8);
  expect(lengths.size).toBeGreaterThan(30);
});

describe('a launch that is no sample', () => {
  test('of the last release: nothing can be said, with its words', async () => {
    const fault = faultOf('previous', await launched('echo "no such module" >&2; exit 3'), 'become ready', undefined);
    expect(fault).toBeInstanceOf(CouldNotJudge);
    expect(fault.message).toBe('the last release (--previous) does not become ready: it exited with 3; its last lines:\nno such module');
  });

  test('of the executable that ended by itself: it is broken', async () => {
    const fault = faultOf('subject', await launched('exit 4'), 'become ready', undefined);
    expect(fault).toBeInstanceOf(CheckFailed);
    expect(fault.message).toBe('a launch of the pairs did not become ready: it exited with 4');
  });

  test('of the executable that only took too long: nothing can be said', async () => {
    const fault = faultOf('subject', await launched('sleep 60'), 'become ready', undefined);
    expect(fault).toBeInstanceOf(CouldNotJudge);
    expect(fault.message).toContain('it runs, but not within its time');
  });
});
