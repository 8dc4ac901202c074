import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { Launch } from '../system/launch/launch.ts';
import { createRunFolder, newRun, removeRun } from '../system/launch/run-folder.ts';
import { waitFor } from '../system/wait.ts';
import { startMarks } from './start-marks.ts';

const run = newRun();
createRunFolder(run);
afterAll(() => removeRun(run));

/** A shell that behaves as the script says, once it has printed a line. */
async function launched(script: string): Promise<Launch> {
  const launch = Launch.start(run, { file: '/bin/sh', args: ['-c', script], variant: 'subject' }, {});
  onTestFinished(async () => void (await launch.dispose()));
  await waitFor('its line', () => (launch.output.text() === '' ? undefined : true), { deadlineMs: 5_000, everyMs: 5 });
  return launch;
}

const namesOf = (launch: Launch) => startMarks(launch, launch.elapsedMs() + 100).map(({ name }) => name);

/** Whether a read leaves its time where the rooms are: not where it is mounted with noatime. */
function keepsAccessTimes(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'frostgate-access-'));
  try {
    const file = join(folder, 'file');
    writeFileSync(file, 'x');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    readFileSync(file);
    return statSync(file).atimeMs > statSync(file).mtimeMs;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// A subshell has the command line of its shell, as the program that a one-file executable starts has that of the executable.
const unpack = 'mkdir "$TMPDIR/_MEIx"; echo x > "$TMPDIR/_MEIx/base_library.zip"; sleep 0.2';
const program = (work: string) => `${unpack}; (sleep 0.1; ${work}; sleep 0.1; echo up; sleep 30; true) & wait`;
const readLibrary = 'cat "$TMPDIR/_MEIx/base_library.zip" > /dev/null';

describe.skipIf(process.platform !== 'linux')('marks of a start', () => {
  test.skipIf(!keepsAccessTimes())('the child, its first read of the base library and its first line, each at its time', async () => {
    const launch = await launched(program(`${readLibrary}; sleep 0.2; ${readLibrary}`));
    const readyMs = launch.elapsedMs() + 100;
    const marks = startMarks(launch, readyMs, launch.spawnedAtMs + readyMs - 50);
    expect(marks.map(({ name }) => name)).toEqual(['unpacked', 'first import', 'first output', 'connected', 'ready']);
    expect(marks.map(({ atMs }) => atMs)).toEqual(marks.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
    const [unpacked = 0, firstImport = 0, firstOutput = 0] = marks.map(({ atMs }) => atMs);
    expect(unpacked).toBeGreaterThan(180);
    // 0.1 s after the child's start, and 0.3 s before the line, not 0.1 s: the second read left no time.
    expect(firstImport - unpacked).toBeGreaterThan(70);
    expect(firstOutput - firstImport).toBeGreaterThan(270);
  });

  test('a library that nobody read has no first import', async () => {
    expect(namesOf(await launched(program('true')))).toEqual(['unpacked', 'first output', 'ready']);
  });

  test('a read that cannot be the first one, after the first line, is no mark', async () => {
    const launch = await launched(`${unpack}; (echo up; sleep 0.2; ${readLibrary}; echo read; sleep 30; true) & wait`);
    await waitFor('the read', () => (launch.output.text().includes('read') ? true : undefined), { deadlineMs: 5_000, everyMs: 5 });
    expect(namesOf(launch)).toEqual(['unpacked', 'first output', 'ready']);
  });

  test('a program without a child has neither unpacking nor a first import', async () => {
    expect(namesOf(await launched(`${unpack}; ${readLibrary}; echo up; sleep 30`))).toEqual(['first output', 'ready']);
  });
});

test.skipIf(process.platform === 'win32')('what came after ready is left out, and the connection counts from the spawn', async () => {
  const launch = await launched('echo up; sleep 30');
  const connectedAtMs = launch.spawnedAtMs + 123.4;
  expect(startMarks(launch, 5_000, connectedAtMs)).toContainEqual({ name: 'connected', atMs: 123 });
  expect(startMarks(launch, 0, connectedAtMs)).toEqual([{ name: 'ready', atMs: 0 }]);
});
