import { appendFileSync, closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { fatFile } from '../../runtimes/native/headers.testing.ts';
import { renderings } from '../../report/renderings.ts';
import { ReleaseOnDisk } from '../release.testing.ts';
import { evidencePath, passingReport } from '../sample.testing.ts';
import { lookBeside } from './beside.ts';
import { parseReport } from './parse-report.ts';
import { placeIn } from '../decide.testing.ts';
import { readArtifacts } from './read-artifacts.ts';
import { readReports } from './read-reports.ts';
import { readSmallFile, sha256Of } from './regular-file.ts';

const report = passingReport('linux-amd64');

test('a folder of folders gives each report once', async () => {
  using release = new ReleaseOnDisk();
  release.report('linux-amd64', report);
  release.file('reports/gate/gate.json', '{}');
  const { read, unread } = await readReports(
    [release.path('reports'), release.path('reports/linux-amd64')], placeIn(release.path('reports')));
  expect([read.map(({ report: { platform } }) => platform.id), unread]).toEqual([['linux-amd64'], []]);
});

test('a link is told, whatever it leads to', async () => {
  using release = new ReleaseOnDisk();
  release.report('linux-amd64', report);
  release.file('elsewhere/evidence.txt', '');
  release.file('reports/darwin-arm64/x', '');
  symlinkSync(release.path('reports/linux-amd64'), release.path('reports/link'));
  symlinkSync(release.path('reports/linux-amd64/report.json'), release.path('reports/darwin-arm64/report.json'));
  symlinkSync(release.path('elsewhere'), release.path('reports/other'));
  symlinkSync(release.path('reports'), release.path('all'));
  const whys = async (path: string) => (await readReports([release.path(path)], placeIn(release.path('reports')))).unread.map(
    ({ why }) => why,
  );
  expect(await whys('reports')).toEqual(['its folder is a link; put the folder itself there', 'it is a link; put the file itself there']);
  expect(await whys('all')).toEqual(['it is a link; name what it leads to']);
  expect(await whys('reports/darwin-arm64/report.json')).toEqual(['it is a link; name what it leads to']);
});

test('a report that lies where none belongs is told', async () => {
  using release = new ReleaseOnDisk();
  release.report('linux-amd64', report);
  release.report('.linux-amd64.12345678.partial');
  release.report('old/linux-arm64');
  release.file('reports/linux-amd64/evidence/startup.ready/report.json', '{}');
  release.file('reports/darwin-arm64/Report.JSON', '{}');
  release.file('reports/linux-amd64/passing/report.json', '{}');
  const { read, unread } = await readReports([release.path('reports')], placeIn(release.path('reports')));
  expect(read).toHaveLength(1);
  expect(unread.map(({ file, why }) => `${file.split('/reports/')[1]}: ${why}`)).toEqual([
    '.linux-amd64.12345678.partial/report.json: it lies in a hidden folder, as that of a run which has not ended; wait for it, or remove ' +
      'that',
    'darwin-arm64/Report.JSON: it is called Report.JSON; a report is called report.json',
    'linux-amd64/passing/report.json: it lies deeper than in a folder of its platform',
    'old/linux-arm64/report.json: it lies deeper than in a folder of its platform',
  ]);
  const one = await readReports([release.path('reports/linux-amd64')], placeIn(release.path('reports')));
  expect(one.unread.map(({ why }) => why)).toEqual(['it lies below the folder of another report']);
});

test('what an artifact is told by its bytes; a universal file is of two platforms', async () => {
  using release = new ReleaseOnDisk();
  const { read } = await readArtifacts(
    [release.file('dist/mac', fatFile()), release.path('dist/mac'), release.artifact('windows-amd64')], placeIn(release.folder));
  expect(read.map(({ name, format, platforms, sha256 }) => [name, format, platforms, sha256])).toEqual([
    ['mac', 'Mach-O', ['darwin-amd64', 'darwin-arm64'], sha256Of(fatFile())],
    ['agent-runner-windows-amd64', 'PE', ['windows-amd64'], expect.any(String)],
  ]);
});

test('a file that changes while it is read is no artifact', async () => {
  using release = new ReleaseOnDisk();
  const file = release.artifact('linux-amd64');
  const handle = openSync(file, 'r+');
  ftruncateSync(handle, 300_000_000);
  closeSync(handle);
  const reading = readArtifacts([file], placeIn(release.folder));
  const writing = setInterval(() => appendFileSync(file, 'x'), 5);
  const { unread } = await reading.finally(() => clearInterval(writing));
  expect(unread).toEqual([
    { file: expect.stringContaining('agent-runner-linux-amd64'), problem: 'changed', why: 'it changed while it was read' },
  ]);
});

test('a file of no end, or one that grows, is not read for ever', async () => {
  using release = new ReleaseOnDisk();
  expect(await readSmallFile('/dev/zero', 1_000)).toEqual({ refused: 'unreadable', why: 'it is not a regular file' });
  expect(
    await readSmallFile(release.file('large', Buffer.alloc(1_001)), 1_000),
  ).toEqual({ refused: 'unreadable', why: 'it is larger than 0.001 MB' });
  expect(await readSmallFile(release.file('fits', Buffer.alloc(1_000)), 1_000)).toHaveLength(1_000);
  // The kernel gives such files the size 0 and contents all the same.
  expect(await readSmallFile('/proc/self/status', 1_000)).toEqual({ refused: 'unreadable', why: 'it grew while it was read' });
});

test.each([
  ['', /^it is empty$/],
  ['null', /^it is no report of frostgate: it has no schemaVersion$/],
  ['{"schemaVersion":"2"}', /^its schema version is unknown, this gate reads 2$/],
  [Buffer.from([0xff, 0xfe, 0x7b]), /^it is not UTF-8 text$/],
  ['['.repeat(100_000), /^it is not whole JSON \(/],
  [`{"schemaVersion":2,"checks":[${'0,'.repeat(400_000)}0]}`, /^it holds more than 300000 values, which no report does$/],
  [`{"schemaVersion":2,"checks":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, /^it is nested deeper than 100 levels, which no report is$/],
  [JSON.stringify({
    ...report, checks: [{ ...report.checks[0], value: 1 }],
  }).replace('"value":1', '"value":1e999'), /^it does not fit the report schema at checks\[0\]\.value \(/],
])('bytes that are no report: %#', (bytes, why) => {
  const result = parseReport(Buffer.from(bytes));
  expect('why' in result ? result.why : 'a report').toMatch(why);
});

test('evidence: what is missing is told, a link is not followed, an absent folder is told once', async () => {
  using release = new ReleaseOnDisk();
  const folder = dirname(release.report('linux-amd64', report));
  const reportSha256 = sha256Of(readFileSync(release.path('reports/linux-amd64/report.json')));
  const look = () => lookBeside(folder, release.path('reports/gate'), report, reportSha256);
  rmSync(release.path('reports/linux-amd64/test-result.json'));
  expect(await look()).toEqual({
    page: '../linux-amd64/report.html', markdown: '../linux-amd64/report.md', mismatches: [], missing: [], remarks: [],
  });
  rmSync(release.path('reports/linux-amd64', evidencePath));
  expect((await look()).missing).toEqual([
    `cites 1 file of evidence, of which 1 cannot be read beside it, the first is ${evidencePath}`,
  ]);
  symlinkSync('/etc/passwd', release.path('reports/linux-amd64', evidencePath));
  expect((await look()).mismatches).toEqual([`says that ${evidencePath} has another content than the file beside it`]);
  rmSync(release.path('reports/linux-amd64/evidence'), { recursive: true });
  expect((await look()).missing).toEqual(['cites evidence, of which nothing lies beside it']);
});

test('a page that does not travel with the gate’s folder is not linked', async () => {
  using release = new ReleaseOnDisk();
  const folder = dirname(release.report('linux-amd64', report));
  mkdirSync(release.path('far/away/out'), { recursive: true });
  expect(await lookBeside(folder, release.path('far/away/out/gate'), report, 'x')).not.toHaveProperty('page');
  const odd = dirname(release.report('a (b) #c?%', report));
  expect(await lookBeside(odd, release.path('reports/gate'), report, 'x')).toMatchObject({ page: '../a%20(b)%20%23c%3F%25/report.html' });
});

test('a test result that lies is found, one that is none too', async () => {
  using release = new ReleaseOnDisk();
  const folder = dirname(release.report('linux-amd64', report));
  for (const { file } of renderings) rmSync(`${folder}/${file}`, { force: true });
  const statement = (sha256: string, result: string, subject = report.subject?.sha256Before) => JSON.stringify({
    predicateType: 'https://in-toto.io/attestation/test-result/v0.1', subject: [{ digest: { sha256: subject } }],
    predicate: { result, configuration: [{ name: 'c' }, { name: 'report.json', digest: { sha256 } }] },
  });
  const mismatchesWith = async (text: string, outcome: 'pass' | 'fail' = 'pass') => {
    writeFileSync(`${folder}/test-result.json`, text);
    const changed = { ...report, verdict: { ...report.verdict, outcome } };
    const { mismatches } = await lookBeside(folder, release.path('reports/gate'), changed, 'x');
    // Whatever else is wrong with it, it is not the rendering of its report.
    return mismatches.filter((each) => each !== 'is told otherwise by what stands beside it: test-result.json');
  };
  expect([
    await mismatchesWith(statement('x', 'PASSED')),
    await mismatchesWith(statement('x', 'FAILED')),
    await mismatchesWith(statement('x', 'PASSED'), 'fail'),
    await mismatchesWith(statement('y', 'PASSED')),
    await mismatchesWith(statement('x', 'PASSED', 'other')),
    await mismatchesWith('{'),
  ]).toEqual([
    [],
    [],
    ['has a test-result.json beside it that says PASSED'],
    ['has a test-result.json beside it that is about another report.json'],
    ['has a test-result.json beside it that is about another executable'],
    ['has a test-result.json beside it that is no in-toto test result'],
  ]);
});
