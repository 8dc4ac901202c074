import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from 'vitest';
import { UsageError } from '../../model/errors.ts';
import { reportSchema } from '../../model/report.ts';
import { renderings } from '../../report/renderings.ts';
import { sampleCheck, sampleReport } from '../../report/sample-report.testing.ts';
import { openReportFolder } from './report-folder.ts';

const test = base.extend<{ dir: string }>({
  // vitest reads the fixture's dependencies from this pattern, so it must be there.
  // oxlint-disable-next-line no-empty-pattern
  dir: async ({}, use) => {
    const dir = await mkdtemp(join(tmpdir(), 'frostgate-report-'));
    await use(dir);
    await rm(dir, { recursive: true });
  },
});
const id = 'linux-amd64';
const published = ['evidence', 'report.json', ...renderings.map(({ file }) => file)].toSorted();
const namesIn = async (folder: string) => (await readdir(folder)).toSorted();

test('a published report is whole, and nothing else is left', async ({ dir }) => {
  const folder = await openReportFolder(join(dir, 'deep', 'er'), id);
  await writeFile(join(folder.evidence, 'log.txt'), 'all is well');
  expect((await folder.publish(sampleReport(), [])).redactions).toEqual([]);
  await folder.discard();
  expect(await namesIn(join(dir, 'deep', 'er'))).toEqual([id]);
  expect(await namesIn(folder.target)).toEqual(published);
  expect(reportSchema.parse(JSON.parse(await readFile(join(folder.target, 'report.json'), 'utf8')))).toEqual(sampleReport());
});

test('a report that cannot be written is still handed back, with the reason, and leaves no half of itself', async ({ dir }) => {
  const folder = await openReportFolder(dir, id);
  await mkdir(join(folder.staging, 'report.md')); // as good as a full disk: the write fails half-way
  const { report, unwritten } = await folder.publish(sampleReport(), []);
  expect(report).toEqual(sampleReport());
  expect(unwritten).toMatch(
    /^The report could not be written to .*linux-amd64 \(EISDIR.*\); free some space or choose another --report-dir\.$/,
  );
  expect(await readdir(dir)).toEqual([]);
});

test('opening removes the previous report at once; an abort leaves nothing', async ({ dir }) => {
  await (await openReportFolder(dir, id)).publish(sampleReport(), []);
  {
    await using folder = await openReportFolder(dir, id);
    expect(await namesIn(dir)).toEqual([folder.staging.slice(dir.length + 1)]);
    expect(await readdir(dir)).toEqual([expect.stringMatching(/^\.linux-amd64\.\w+\.partial$/)]);
  }
  expect(await readdir(dir)).toEqual([]);
});

test('secrets are replaced in evidence and renderings, and the hash is of the file as published', async ({ dir }) => {
  const folder = await openReportFolder(dir, id);
  await mkdir(join(folder.evidence, 'a'));
  await writeFile(join(folder.evidence, 'a', 'log.txt'), Buffer.concat([Buffer.from([0xff, 0]), Buffer.from('key=canary<&>42')]));
  const evidence = [{ path: 'evidence/a/log.txt', sha256: '0'.repeat(64), title: 'log' }];
  const check = sampleCheck('environment.secrets', { outcome: 'fail', reason: 'found canary<&>42', evidence });
  const { redactions } = await folder.publish(sampleReport({ checks: [check] }), [{ name: 'KEY', value: 'canary<&>42' }]);
  const log = await readFile(join(folder.target, 'evidence', 'a', 'log.txt'));
  const sha256 = createHash('sha256').update(log).digest('hex');
  expect(log.toString('latin1')).toBe('\xFF\0key=<secret KEY>');
  expect(redactions).toEqual([{ path: 'evidence/a/log.txt', secrets: ['KEY'], sha256 }]);
  for (const name of published.filter((file) => file !== 'evidence')) {
    const text = await readFile(join(folder.target, name), 'utf8');
    expect(text).not.toContain('canary');
    // A test result names checks, and nothing that they said.
    expect(/secret KEY/.test(text)).toBe(!name.startsWith('test-result'));
  }
  expect(await readFile(join(folder.target, 'report.json'), 'utf8')).toContain(sha256);
});

test('a link in the evidence is not published', async ({ dir }) => {
  const folder = await openReportFolder(dir, id);
  await symlink('/etc/passwd', join(folder.evidence, 'link'));
  await folder.publish(sampleReport(), []);
  expect(await readdir(join(folder.target, 'evidence'))).toEqual([]);
});

test('runs at once on one folder end well: one whole report, no left-overs', async ({ dir }) => {
  const names = ['one', 'two', 'three', 'four', 'five', 'six'];
  await Promise.all(
    names.map(async (name) => {
      const folder = await openReportFolder(dir, id);
      await writeFile(join(folder.evidence, name), name);
      await folder.publish(sampleReport({ notVerified: [name] }), []);
    }),
  );
  expect(await readdir(dir)).toEqual([id]);
  expect(await namesIn(join(dir, id))).toEqual(published);
  const [winner] = await readdir(join(dir, id, 'evidence'));
  const { notVerified } = reportSchema.parse(JSON.parse(await readFile(join(dir, id, 'report.json'), 'utf8')));
  expect(notVerified).toEqual([winner]);
});

test('a folder with foreign files is refused and stays as it is', async ({ dir }) => {
  await mkdir(join(dir, id));
  await writeFile(join(dir, id, 'thesis.txt'), 'precious');
  await expect(openReportFolder(dir, id)).rejects.toThrow(
    /linux-amd64 holds "thesis\.txt", which frostgate did not write; .* choose another --report-dir\.$/,
  );
  expect(await readdir(dir)).toEqual([id]);
  await rm(join(dir, id), { recursive: true });
  await writeFile(join(dir, id), 'a file');
  await expect(openReportFolder(dir, id)).rejects.toThrow(UsageError);
});

test('a foreign file that came during the run keeps the report out', async ({ dir }) => {
  await using folder = await openReportFolder(dir, id);
  await mkdir(folder.target);
  await writeFile(join(folder.target, 'thesis.txt'), 'precious');
  await expect(folder.publish(sampleReport(), [])).rejects.toThrow(UsageError);
  expect(await readFile(join(folder.target, 'thesis.txt'), 'utf8')).toBe('precious');
});

test('a folder that cannot be written is a usage error of one sentence and the fix', async ({ dir }) => {
  await writeFile(join(dir, 'file'), '');
  await expect(openReportFolder(join(dir, 'file', 'reports'), id)).rejects.toThrow(
    new RegExp('^The report folder .*reports cannot be written \\(.*file is not a folder\\); frostgate must be able to create and ' +
      'replace files there\\. Choose another --report-dir\\.$'),
  );
  await expect(openReportFolder('/proc/self', id)).rejects.toThrow(/^The report folder \/proc\/self cannot be written/);
  await expect(openReportFolder(dir, '../up')).rejects.toThrow(/cannot name a folder/);
});
