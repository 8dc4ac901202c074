import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { Launch } from '../../system/launch/launch.ts';
import { createRunFolder, newRun, removeRun } from '../../system/launch/run-folder.ts';
import { finderOf } from '../../system/secrets/finder.ts';
import { searchAll } from '../../system/secrets/search.ts';
import { removeLibraries } from '../../runtimes/unpacked.ts';
import { eventSources, leftBy } from './left.ts';

const run = newRun();
createRunFolder(run);
afterAll(() => removeRun(run));

const key = 'Qm7xZpL0vT3bW9yK2nDfRgHs5Jc8UeAo4iVt';
const find = finderOf([{ name: 'KEY', value: key }]);

test('output, names, links and contents of files are searched, also what a killed executable had unpacked and written there', async () => {
  const script = `echo ${key}; echo no >&2; mkdir -p "$HOME/${key}" "$TMPDIR/_MEI1/data"; echo ${key} > "$TMPDIR/_MEI1/data/state"
echo ${key} > "$TMPDIR/_MEI1/libx.so.1"; ln -s "/nowhere/${key}" link`;
  const launch = Launch.start(run, { file: '/bin/sh', args: ['-c', script], variant: 'subject' }, {});
  onTestFinished(async () => void (await launch.dispose()));
  await launch.waitForExit(10_000);
  launch.tree.commands.clear(); // the script itself holds the key
  await removeLibraries(join(launch.room.tmp, '_MEI1'));
  const { sightings } = await searchAll(leftBy({ launch, executions: [] }), find);
  expect(sightings.map(({ place }) => place)).toEqual([
    `stdout of process ${launch.pid}`, `a file name of process ${launch.pid}`, `a file name of process ${launch.pid}`,
    `the file tmp/_MEI1/data/state of process ${launch.pid}`,
  ]);
});

test('a child that lives a moment is seen by its command line while the launch is waited for', async () => {
  const args = ['-c', `sh -c 'sleep 1; true' ${key}`];
  const launch = Launch.start(run, { file: '/bin/sh', args, variant: 'subject' }, {});
  onTestFinished(async () => void (await launch.dispose()));
  await launch.waitForExit(10_000, { stretch: launch.cpu.stretch() });
  expect([...launch.tree.commands]).toContain(`sh -c sleep 1; true ${key}`);
});

test('a payload of an event is searched for by itself too: it may be compressed', async () => {
  const payload = (data: Uint8Array) => ({ payloads: [{ metadata: { encoding: Buffer.from('json/plain') }, data }] });
  const event = (data: Uint8Array) => ({ eventId: 7, workflowExecutionStartedEventAttributes: { input: payload(data) } });
  const seen = async (data: Uint8Array) => (await searchAll(eventSources(event(data) as never), find)).sightings;
  const place = 'a workflow history, workflowExecutionStarted (event 7)';
  expect(await seen(Buffer.from(JSON.stringify({ key })))).toMatchObject([{ place, encoding: 'plain' }, { place, encoding: 'plain' }]);
  expect(await seen(deflateSync(key))).toMatchObject([{ place, encoding: 'plain in zlib' }]);
});

test('a folder of libraries loses them and nothing else', async () => {
  const folder = join(run.folder, 'unpacked');
  mkdirSync(join(folder, 'lib'), { recursive: true });
  const names = ['a.so', 'b.so.6', 'c.dll', 'base_library.zip', 'notes.txt', 'also.so.txt.bak'];
  for (const name of names) writeFileSync(join(folder, 'lib', name), '');
  symlinkSync('b.so.6', join(folder, 'lib', 'd.so'));
  await removeLibraries(folder);
  await removeLibraries(join(folder, 'gone'));
  expect(readdirSync(join(folder, 'lib')).toSorted()).toEqual(['also.so.txt.bak', 'notes.txt']);
});
