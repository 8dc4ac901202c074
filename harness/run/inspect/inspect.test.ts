import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import type { FrozenBundle, NativeFile } from '../../runtimes/bundle.ts';
import { readBundle } from '../../runtimes/subject.ts';
import { referenceBinary } from '../reference.ts';
import { forbidden } from '../../report/sample-hostile.testing.ts';
import { floorsOf } from '../../runtimes/pyinstaller/floors.ts';
import { sampleBundle, sampleDistribution } from './sample.testing.ts';
import { sizesByDistribution } from '../../runtimes/pyinstaller/sizes/sizes.ts';
import { inspectSummary } from './summary.ts';

const script = fileURLToPath(new URL('../../inspect.ts', import.meta.url));
const run = (...args: readonly string[]) => execa(process.execPath, [script, ...args], { reject: false, stdin: 'ignore' });

async function reference(): Promise<FrozenBundle> {
  const bundle = await readBundle(referenceBinary);
  if (bundle.kind === 'opaque') throw new Error('the reference executable is not read as a bundle');
  return bundle;
}

test('the sizes of all distributions are the sizes of all entries, each counted once', async () => {
  const bundle = await reference();
  const sizes = sizesByDistribution(bundle);
  const archive = bundle.entries.find(({ role }) => role === 'modules');
  const inArchive = bundle.modules.filter(({ origin }) => origin === 'PYZ').reduce((sum, { storedBytes }) => sum + storedBytes, 0);
  expect(sizes.reduce((sum, { storedBytes }) => sum + storedBytes, 0)).toBe(bundle.storedBytes - (archive?.storedBytes ?? 0) + inArchive);
  expect(sizes.reduce((sum, { extractedBytes }) => sum + extractedBytes, 0)).toBe(bundle.extractedBytes);
  expect(sizes.map(({ name }) => name)).toEqual(expect.arrayContaining(['Python', 'temporalio', 'agent-runner', 'opentelemetry-api']));
  expect(sizes.map(({ name }) => name)).not.toContain('asyncio');
});

test('the floor is the newest version that any member needs, by number and not by letters', async () => {
  const bundle = await reference();
  const member = (entry: string, glibc: string): NativeFile => ({
    entry, format: 'ELF', images: [{ platform: 'linux-amd64', needs: [], glibc }],
  });
  const planted = { ...bundle, images: [], nativeFiles: [member('old.so', '2.9'), member('new.so', '2.41'), member('middle.so', '2.28')] };
  expect(floorsOf(planted)).toEqual([{ platform: 'linux-amd64', needs: 'glibc 2.41', entry: 'new.so' }]);
});

test('a summary names what was frozen, by what, and what is heavy', async () => {
  const text = inspectSummary(await reference());
  expect(text).toMatch(/^what +PyInstaller one-file executable \(\w[\w-]*\)$/m);
  expect(text).toMatch(/^starts +main after .*sandbox_open/m);
  expect(text).toMatch(/^ {2}Python +[\d.]+ MB +[\d.]+ MB$/m);
  expect(text).not.toContain('unusual');
});

test('what looks wrong is told with what to do, in lines that stay below it', () => {
  const hint = (hazard: string) => ({ hazard, cause: 'its sandbox is closed', remedy: 'Add a hook:\nimport io\u001B[2J', line: 'seen' });
  expect(inspectSummary(sampleBundle(), [hint('TW-18')])).toContain('\n\nwhat looks wrong\n  TW-18  its sandbox is closed\n         do ' +
    ' Add a hook:\n             import io\n');
  expect(inspectSummary(sampleBundle(), Array.from({ length: 12 }, () => hint('TW-18')))).toContain('\n  and 2 more\n');
  expect(inspectSummary(sampleBundle())).not.toContain('what looks wrong');
});

test('names with wide letters leave the columns beside them in line', () => {
  const text = inspectSummary(sampleBundle({ distributions: [sampleDistribution('redis', '作業者')] }));
  const rows = text.split('\n').filter((line) => /^ {2}\S.*(?:unpacked|bytes|kB|MB)$/.test(line));
  expect(rows.some((line) => line.includes('作業者'))).toBe(true);
  expect(new Set(rows.map((line) => stringWidth(line))).size).toBe(1);
});

test('a bootloader that needs the zlib of the system says so', () => {
  expect(inspectSummary(sampleBundle())).not.toContain('zlib');
  const images = [{ platform: 'linux-amd64', needs: ['libz.so.1', 'libc.so.6'] }];
  expect(inspectSummary(sampleBundle({ images }))).toContain('needs      linux-amd64: libz.so.1 (zlib) on the system, because of the ' +
    'executable itself\n');
});

test('nothing of a file reaches the terminal raw, and what is unusual is told', async () => {
  const bundle = await reference();
  const nasty = '\u001B[2J\u202E\n::error::x';
  const text = inspectSummary({
    ...bundle, options: [nasty], oddities: [{ kind: 'duplicate-name', subject: nasty, sentence: 'is there twice' }],
  });
  expect(text).toMatch(/^unusual\n {2}.*error::x: is there twice$/m);
  expect(text).not.toMatch(/^\s*::/m);
  expect(text).not.toMatch(forbidden);
});

test('the command: JSON of all that was read, and one sentence for what is no executable', async () => {
  const { stdout, exitCode } = await run(referenceBinary, '--json');
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ kind: 'one-file', producer: 'PyInstaller', hints: [] });
  const refused = await Promise.all([run(script), run('/nope'), run(), run('a', 'b'), run('--jsn', 'a'), run('a', '--report-dir'), run(
    '--report-dir', '--json', 'a',
  ), run('a', '--report-dir=x', '--report-dir=y'), run('a', '--baseline'), run(referenceBinary, '--baseline', '/nope')]);
  expect(refused.map(({ exitCode: code, stdout: out }) => [code, out])).toEqual(refused.map(() => [2, '']));
  expect(refused.map(({ stderr }) => stderr.replace(/^error: (?:\S*inspect\.ts|\/nope): /, ''))).toEqual([
    'is a text file; name the executable that the build made',
    'no such file; build it first, or name another',
    'error: name one file, got none: npm run inspect -- dist/agent-runner',
    'error: name one file, got a, b: npm run inspect -- dist/agent-runner',
    'error: unknown flag --jsn; did you mean --json?',
    'error: --report-dir needs a folder: npm run inspect -- dist/agent-runner --report-dir reports',
    'error: --report-dir needs a folder: npm run inspect -- dist/agent-runner --report-dir reports',
    'error: --report-dir is given twice; give it once',
    'error: --baseline needs a folder: npm run inspect -- dist/agent-runner --baseline path/to/project',
    "error: --baseline /nope: no such directory; name the folder of the worker's source",
  ]);
});

test.each([
  ['the reference', referenceBinary, /Size by distribution/], ['an opaque executable', process.execPath, /cannot be listed/],
])('the command writes a page of %s and says where', async (_name, file, telling) => {
  const folder = await mkdtemp(join(tmpdir(), 'frostgate-inspect-'));
  try {
    const { stdout, stderr, exitCode } = await run(file, '--json', '--report-dir', folder);
    expect([exitCode, stderr]).toEqual([0, `report  ${folder}/inspect.html`]);
    expect(await readFile(join(folder, 'inspect.json'), 'utf8')).toBe(`${stdout}\n`);
    expect(await readFile(join(folder, 'inspect.html'), 'utf8')).toMatch(telling);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
