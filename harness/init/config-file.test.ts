import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeRoom } from '../system/launch/room.ts';
import { exampleIn, missingIn, placeFiles, portsIn, takesFile, withPlaceholder } from './config-file.ts';

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'frostgate-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return folder;
}

test.each([
  ['worker.toml.example', 'worker.toml'], ['worker.sample.toml', 'worker.toml'], ['example.config.yaml', 'config.yaml'],
  ['.env.example', '.env'], ['settings-dist.json', 'settings.json'],
])('%s is an example of %s', (file, name) => {
  const folder = folderOf({ [file]: 'address = "localhost:7233"\n', 'README.md': 'x', 'sample.py': 'x' });
  expect(exampleIn(folder)).toEqual({ name, text: 'address = "{temporal.address}"\n' });
  expect(exampleIn(folder, name)?.name).toBe(name);
});

test('the file itself, when it is there; of two examples none, unless one has the name', () => {
  const folder = folderOf({ 'a.example.yaml': 'x: 1\n', 'b.example.yaml': 'y: 1\n', 'own.yaml': 'z: 127.0.0.1:7233\n' });
  expect(exampleIn(folder)).toBeUndefined();
  expect(exampleIn(folder, 'b.yaml')).toEqual({ name: 'b.yaml', text: 'y: 1\n' });
  expect(exampleIn(folder, 'own.yaml')).toEqual({ name: 'own.yaml', text: 'z: {temporal.address}\n' });
  expect(exampleIn(folder, 'other.yaml')).toBeUndefined();
});

test.each([
  ["FileNotFoundError: [Errno 2] No such file or directory: 'config.yaml'", 'config.yaml'],
  ["Error: ENOENT: no such file or directory, open '/room/app/conf/x.json'", 'conf/x.json'],
  ['open ./config.toml: no such file or directory', 'config.toml'],
  ["No such file or directory: '/etc/worker.yaml'", undefined], ["No such file or directory: '../x.yaml'", undefined], ['done', undefined],
])('%s', (line, name) => expect(missingIn([line], '/room/app')).toBe(name));

test('flags and variables that take a configuration file', () => {
  expect(['--config', '--config-file', 'CONFIG_FILE', '--settings', '--task-queue', 'KEY_FILE'].map((name) => takesFile({ name })))
    .toEqual([true, true, true, true, false, false]);
  expect(takesFile({ name: '--from', help: 'a YAML file' })).toBe(true);
});

test('files are written into a room, and what leads to them is filled in', () => {
  const folder = folderOf({});
  const room = makeRoom(join(folder, 'room'));
  const text = 'at: {temporal.address}\nqueue: {queue.main}\nother: {x}\n';
  const filled = placeFiles(room, new Map([['in/c.yaml', text]]), { '{temporal.address}': 'a:1', '{queue.main}': 'q' });
  expect(readFileSync(join(room.cwd, 'in/c.yaml'), 'utf8')).toBe('at: a:1\nqueue: q\nother: {x}\n');
  expect(filled('{file.in/c.yaml}')).toBe(join(room.cwd, 'in/c.yaml'));
});

test('a port that a program listens on has a placeholder, called as its key', () => {
  const text = '# 127.0.0.1:9464\nmetrics: 127.0.0.1:9464 # left out\n';
  expect(portsIn(text, ['127.0.0.1:9464', '127.0.0.1:80'])).toEqual([
    { place: '127.0.0.1:9464', placed: '127.0.0.1:{port.metrics}', name: '{port.metrics}' },
  ]);
});

test('a value gets a placeholder where it stands alone behind a key', () => {
  expect(withPlaceholder('queue: quotes # left out\nx: quotes-1\n', 'quotes', '{queue.main}'))
    .toBe('queue: {queue.main} # left out\nx: quotes-1\n');
  expect(withPlaceholder('queue = "q.1"\n', 'q.1', '{queue.main}')).toBe('queue = "{queue.main}"\n');
});
