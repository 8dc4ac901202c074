import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from 'vitest';
import { makeEnvironment } from '../../baselines/survey/survey.testing.ts';
import { sampleReport } from '../../report/sample-report.testing.ts';
import { comparisonKey, keepComparison, keptComparison, keptIn, type Pair } from './kept-comparison.ts';

/** A project with an environment, and something that was built of it. */
const test = base.extend<{ made: { pair: Pair; packages: string; python: string } }>({
  // oxlint-disable-next-line no-empty-pattern
  made: async ({}, use) => {
    const baseline = realpathSync(mkdtempSync(join(tmpdir(), 'frostgate-kept-')));
    const { python, sitePackages: packages } = await makeEnvironment(join(baseline, '.venv'));
    for (const name of ['dist', 'app']) mkdirSync(join(baseline, name), { recursive: true });
    for (const name of ['requirements.txt', 'main.py', 'app/__init__.py', 'dist/app']) writeFileSync(join(baseline, name), '');
    writeFileSync(join(packages, 'library.py'), 'one = 1\n');
    await use({ pair: { file: join(baseline, 'dist/app'), baseline, contract: undefined }, packages, python });
    rmSync(baseline, { recursive: true });
    rmSync(keptIn(baseline), { force: true });
  },
});

const { checks, ...rest } = sampleReport();
const said = { report: {
  ...rest, checks: checks.filter(({ outcome }) => outcome !== 'inconclusive'), verdict: { ...rest.verdict, outcome: 'pass' as const },
}, hints: [{ hazard: 'TW-17', cause: 'a', remedy: 'b', line: 'c' }] };

test('the key changes with everything that a comparison follows from', async ({ made: { pair, packages, python } }) => {
  const { baseline, file } = pair;
  const first = await comparisonKey(pair);
  expect(first).toBeTypeOf('string');
  expect(await comparisonKey(pair)).toBe(first);
  const seen = new Set([first]);
  const isNew = async (change: () => void): Promise<boolean> => {
    change();
    const key = await comparisonKey(pair);
    const before = seen.size;
    return key !== undefined && seen.add(key).size > before;
  };
  expect(await isNew(() => appendFileSync(join(baseline, 'app/__init__.py'), 'x = 1\n'))).toBe(true);
  expect(await isNew(() => writeFileSync(join(baseline, 'requirements.txt'), 'a==1\n'))).toBe(true);
  expect(await isNew(() => writeFileSync(file, 'another build'))).toBe(true);
  expect(await isNew(() => writeFileSync(join(packages, 'library.py'), 'one = 2\n'))).toBe(true);
  expect(await isNew(() => {
    // Of the same size and time.
    const { atime, mtime } = statSync(join(packages, 'library.py'));
    writeFileSync(join(packages, 'library.py'), 'one = 3\n');
    utimesSync(join(packages, 'library.py'), atime, mtime);
  })).toBe(true);
  expect(await isNew(() => {
    rmSync(python);
    symlinkSync(process.execPath, python);
  })).toBe(true);
  expect(await isNew(() => {
    process.env['FROSTGATE_TEST_OF_KEPT'] = '1';
  })).toBe(true);
  delete process.env['FROSTGATE_TEST_OF_KEPT'];
});

test('where something takes part that a key does not tell, there is none', async ({ made: { pair, packages } }) => {
  expect(await comparisonKey({ ...pair, contract: join(tmpdir(), 'worker-contract.yaml') })).toBeUndefined();
  expect(await comparisonKey({ ...pair, baseline: join(pair.baseline, 'gone') })).toBeUndefined();
  writeFileSync(join(packages, 'elsewhere.pth'), tmpdir());
  expect(await comparisonKey(pair)).toBeUndefined();
});

test('a whole comparison is told again for its key alone, and not kept where something changed meanwhile', async ({ made: { pair } }) => {
  const key = await comparisonKey(pair) ?? '';
  const [check] = said.report.checks;
  if (check === undefined) throw new Error('the sample report has checks');
  await keepComparison(pair, key, {
    ...said, report: { ...said.report, checks: [{ ...check, outcome: 'inconclusive', reason: 'no server' }] },
  });
  expect(keptComparison(pair, key)).toBeUndefined();
  await keepComparison(pair, key, said);
  expect(keptComparison(pair, key)).toEqual(said);
  expect(keptComparison(pair, 'other')).toBeUndefined();
  writeFileSync(join(pair.baseline, 'main.py'), 'print(1)\n');
  rmSync(keptIn(pair.baseline));
  await keepComparison(pair, key, said);
  expect(keptComparison(pair, key)).toBeUndefined();
});
