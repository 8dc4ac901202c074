import { afterAll, expect, onTestFinished, test } from 'vitest';
import { Launch } from '../system/launch/launch.ts';
import { createRunFolder, newRun, removeRun } from '../system/launch/run-folder.ts';
import { waitFor } from '../system/wait.ts';
import { stopBy, type Running } from './stop.ts';

const run = newRun();
createRunFolder(run);
afterAll(() => removeRun(run));

/** A shell that does this when it is told to end, once it can be told so. */
async function running(atEnd: string): Promise<Running> {
  const script = `trap '${atEnd}' TERM; echo ready; while :; do sleep 0.05; done`;
  const launch = Launch.start(run, { file: '/bin/sh', args: ['-c', script], variant: 'subject' }, {});
  onTestFinished(async () => void (await launch.dispose()));
  await waitFor('the trap', () => {
    launch.output.read();
    return launch.output.text().includes('ready') || undefined;
  }, { deadlineMs: 20_000 });
  return { launch, polls: true };
}

test('an end by another signal says nothing of the one that was sent: it is sent once more, to another launch', async () => {
  const again = async <T>(stop: (other: Running) => Promise<T>): Promise<T> => stop(await running('exit 3'));
  expect(await stopBy(await running('kill -KILL $$'), 'SIGTERM', again)).toMatchObject({ signal: 'SIGTERM', code: 3 });
});

test('the end by the signal itself is an answer, and so is an exit code', async () => {
  const never = (): never => expect.unreachable('it was started again');
  expect(await stopBy(await running('trap - TERM; kill -TERM $$'), 'SIGTERM', never)).toMatchObject({ code: undefined });
  expect(await stopBy(await running('exit 0'), 'SIGTERM', never)).toMatchObject({ code: 0 });
});
