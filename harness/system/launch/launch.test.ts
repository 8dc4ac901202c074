import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { Launch } from './launch.ts';
import { createRunFolder, newRun, readLaunches, removeRun } from './run-folder.ts';
import { waitFor } from '../wait.ts';

const run = newRun();
createRunFolder(run);
afterAll(() => removeRun(run));

function start(script: string, environment: Record<string, string> = {}): Launch {
  const launch = Launch.start(run, { file: '/bin/sh', args: ['-c', script], variant: 'subject' }, environment);
  onTestFinished(async () => void (await launch.dispose()));
  return launch;
}

test('a launch gets the allow-listed environment and its room, and nothing of ours', async () => {
  const launch = start('env', { GIVEN: 'yes' });
  await launch.waitForExit(5_000);
  const names = launch.output.text().trim().split('\n').map((line) => line.split('=')[0]);
  expect(names.toSorted()).toEqual(['GIVEN', 'HOME', 'LANG', 'PATH', 'PWD', 'TEMP', 'TMP', 'TMPDIR']);
});

test('the exit is seen at once although an orphan holds the output', async () => {
  const launch = start('sleep 30 & exit 7');
  const exit = await launch.waitForExit(2_000);
  expect(exit).toMatchObject({ code: 7, signal: null });
  const { survivors } = await launch.remains();
  expect(survivors.map((entry) => entry.command)).toEqual(['sleep 30']);
});

test('an orphan in a session of its own and without its environment is found and ended', async () => {
  const launch = start('setsid env -i /bin/sleep 31 & sleep 0.3');
  await waitFor('the orphan', () => launch.alive().find((entry) => entry.command === '/bin/sleep 31'), { deadlineMs: 10_000, everyMs: 10 });
  await launch.waitForExit(2_000);
  const orphan = launch.alive().find((entry) => entry.command === '/bin/sleep 31');
  expect(orphan).toBeDefined();
  expect(await launch.dispose()).toEqual([]);
  expect(launch.alive()).toEqual([]);
});

test('what is left in the folder for temporary files is listed with its size', async () => {
  const launch = start('printf 12345 > "$TMPDIR/left"; mkdir "$TMPDIR/_MEI0"; printf 1 > "$TMPDIR/_MEI0/x"');
  await launch.waitForExit(2_000);
  expect(await launch.remains()).toEqual({ survivors: [], leftOvers: ['_MEI0', 'left'], leftOverBytes: 6 });
});

test('a command that cannot be started is an exit with an error', async () => {
  const launch = Launch.start(run, { file: join(run.folder, 'nothing'), args: [], variant: 'subject' }, {});
  const exit = await launch.waitForExit(2_000);
  await launch.dispose();
  expect(exit?.error).toContain('ENOENT');
});

test('a signal reaches the parent only, and not the group', async () => {
  const launch = start('trap "echo parent" TERM; sh -c \'trap "echo child" TERM; while :; do sleep 0.05; done\' & while :; do sleep ' +
    '0.05; done');
  await waitFor('both processes', () => (
    launch.alive().filter((entry) => entry.command.startsWith('/bin/sh') || entry.command.startsWith('sh')).length >= 2 ? true : undefined
  ), { deadlineMs: 10_000 });
  launch.signal('SIGTERM');
  await waitFor('the parent to answer', () => (launch.output.text().includes('parent') ? true : undefined), { deadlineMs: 10_000 });
  expect(launch.output.text()).not.toContain('child');
  process.kill(-launch.pid, 'SIGTERM');
  await waitFor('the child to answer', () => (launch.output.text().includes('child') ? true : undefined), { deadlineMs: 10_000 });
});

test('lines carry the time at which they came, and half a line is not lost', async () => {
  const launch = start('echo one; sleep 0.2; echo two >&2; printf three');
  await launch.waitForExit(5_000);
  const [one, two] = launch.output.lines;
  expect(one).toMatchObject({ stream: 'stdout', text: 'one' });
  expect(two).toMatchObject({ stream: 'stderr', text: 'two' });
  expect((two?.atMs ?? 0) - (one?.atMs ?? 0)).toBeGreaterThan(100);
  expect(launch.output.text()).toBe('one\ntwo\nthree');
  expect(readFileSync(launch.output.files.stdout, 'utf8')).toBe('one\nthree');
});

test('every launch is in the account of the run', async () => {
  const before = readLaunches(run).length;
  await start('exit 0').waitForExit(2_000);
  expect(readLaunches(run)).toHaveLength(before + 1);
});
