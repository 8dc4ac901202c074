import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect } from 'vitest';
import { ownVersion } from '../../harness/system/own-package.ts';
import { platformId } from '../../harness/system/platform.ts';
import { reportSchema, type Report } from '../../harness/model/report.ts';
import { deviations } from '../controls/compare.ts';
import { expectations } from '../controls/expectations.ts';
import { build, root } from '../support/command.ts';
import { test as base } from '../support/proof.ts';
import { compileConsumer, runConsumer } from './consumer.ts';
import { listing, runInstalled, runThroughNpx } from './installed.ts';
import { preparePlace, type Place } from './place.ts';

// Packs the package, installs it in an empty folder, and there does with it what other projects do, with Node 22 and Node 24. Needs
// npm's registry. What is cheap comes first.

/** What the harness itself may take: 500–650 MB were seen, and what grows with logs or histories is far above that. */
const mostResidentBytes = 800_000_000;
const longMs = 620_000;

const contract = ['--contract', 'worker-contract.yaml'];
const binary = join(root, 'fixtures/agent-runner/dist/agent-runner');
const reference = ['--binary', binary, '--baseline', join(root, 'fixtures/agent-runner')];
const nodes = [{ version: 22, node: 'node22' }, { version: 24, node: 'node24' }] as const;

const test = base
  .extend('place', { scope: 'file' }, async ({ shared }) => await preparePlace(shared))
  .extend('compiled', { scope: 'file' }, async ({ place }) => await compileConsumer(place))
  .extend('installed', { scope: 'file' }, async ({ place, compiled }) => (compiled === '' ? await listing(place) : []));

async function reportIn({ project }: Place, folder: string): Promise<Report> {
  return reportSchema.parse(JSON.parse(await readFile(join(project, folder, platformId(), 'report.json'), 'utf8')));
}

beforeAll(async () => {
  for (const project of ['agent-runner', 'sabotaged']) await build(project, AbortSignal.timeout(900_000));
}, 900_000);

describe('package', { timeout: 300_000 }, () => {
  test('the tarball holds what is run and nothing else', { timeout: longMs }, ({ place }) => {
    const expected = [
      /^dist\/(?:harness|suites|vitest\.config)[\w./-]*\.(?:js|d\.ts)$/, /^dist\/harness\/[\w/-]+\.(?:json|py|yaml|css)$/,
      /^harness\/[\w/-]+\.schema\.json$/, /^(?:README\.md|package\.json)$/,
    ];
    const foreign = place.files.filter((file) => !expected.some((pattern) => pattern.test(file)));
    const ours = place.files.filter(
      (file) => /\.(?:test|testing|fixture|proof)\.|sample-|golden|controls|bench|package\/|workflows\//.test(file),
    );
    expect([...foreign, ...ours]).toEqual([]);
    expect(place.tarballBytes, 'in bytes').toBeLessThan(1_200_000);
  });

  test('a program of another project compiles against its types', ({ compiled }) => expect(compiled).toBe(''));

  describe.for(nodes)('with Node $version', ({ node }) => {
    test('--version and --help', async ({ place, signal }) => {
      const version = await runInstalled(place, place[node], ['--version'], signal);
      expect(version, version.told).toMatchObject({ code: 0, stdout: ownVersion, stderr: '' });
      const help = await runInstalled(place, place[node], ['--help'], signal);
      expect(help.stdout, help.told).toMatch(/^ {2}verify +\w.*\n {2}inspect +\w.*\n {2}init +\w[^]*\n {2}gate +\w.*\n {2}explain +\w/m);
      const verify = await runInstalled(place, place[node], ['verify', '--help'], signal);
      expect(verify.stdout, verify.told).toMatch(/^Usage: frostgate verify \[options\]$/m);
      expect(verify.code).toBe(0);
    });

    test('explain has its pages', async ({ place, signal }) => {
      const { code, stdout, told } = await runInstalled(place, place[node], ['explain', 'tw-18'], signal);
      expect(stdout, told).toMatch(/^TW-18 {2}\w[^]*^shown by {4}no-open-hook/m);
      expect(code, told).toBe(0);
    });

    test.for([
      {
        what: 'no command', args: [],
        said: /^error: name a command: one of verify, inspect, init, fetch, cache, gate, explain; see frostgate --help$/,
      },
      { what: 'an unknown command', args: ['verfy'], said: /^error: unknown command verfy; / },
      { what: 'an unknown flag', args: ['verify', '--binry', 'x'], said: /^error: unknown flag --binry; did you mean --binary\?$/ },
      {
        what: 'no executable, for there is no reference to fall back to', args: ['verify', '--quiet'],
        said: /^error: name the executable: frostgate verify --binary dist\/agent-runner$/,
      },
      {
        what: 'a gate without reports', args: ['gate', '--require', platformId()],
        said: /^error: no report is named; .*: frostgate gate reports --require/,
      },
    ])('$what is refused in one line', async ({ args, said }, { place, signal }) => {
      const { code, stdout, stderr, told } = await runInstalled(place, place[node], args, signal);
      expect(stderr, told).toMatch(said);
      expect({ code, stdout, lines: stderr.split('\n').length }, told).toEqual({ code: 2, stdout: '', lines: 1 });
    });
  });

  test('npx, from a folder below the project', async ({ place, signal }) => {
    await mkdir(join(place.project, 'reports/below'), { recursive: true });
    const { code, stderr, told } = await runThroughNpx(place, 'reports/below', ['verify', '--binary', 'nothing'], signal);
    expect(stderr, told).toMatch(/^error: .*\/reports\/below\/nothing: no such file; /m);
    expect(code, told).toBe(2);
  });

  test('inspect compares the reference with its source, and nothing is missing (Node 24)', async ({ place, signal }) => {
    const { code, stdout, stderr, told } = await runInstalled(
      place, place.node24, ['inspect', binary, ...reference.slice(2)], signal,
    );
    expect(stdout, told).toMatch(/^what +PyInstaller one-file executable/m);
    expect(stderr, told).toMatch(/^against the baseline: nothing is missing$/m);
    expect(code, told).toBe(0);
  });

  test('init writes the contract of the reference, and its executable registers so (Node 22)', async ({ place, signal }) => {
    const { code, stderr, told } = await runInstalled(
      place, place.node22, ['init', join(root, 'fixtures/agent-runner'), '--binary', binary, '--contract', 'written.yaml'], signal,
    );
    expect(stderr, told).toMatch(/^tried: .*all \d+ checks passed/m);
    expect(code, told).toBe(0);
  });

  test('the whole verification of the reference, the gate on its report, a program that reads both (Node 22)', {
    timeout: longMs,
  }, async ({ place, compiled, installed, signal }) => {
    expect(compiled).toBe('');
    expect(installed.length).toBeGreaterThan(0);
    const run = await runInstalled(place, place.node22, ['verify', ...reference, ...contract], signal);
    expect(run.code, run.told).toBe(0);
    const { tool, partial, checks } = await reportIn(place, 'reports');
    expect({ partial, command: tool.commandLine, version: tool.version }).toEqual({
      partial: [], command: ['frostgate', 'verify', ...reference, ...contract], version: ownVersion,
    });
    expect(checks.length).toBeGreaterThan(60);
    expect(tool.peakResidentBytes).toBeLessThan(mostResidentBytes);
    const gate = await runInstalled(place, place.node22, ['gate', 'reports', '--require', platformId()], signal);
    expect(gate.code, gate.told).toBe(0);
    const files = [join('reports', platformId(), 'report.json'), 'reports/gate/gate.json'];
    for (const { node } of nodes) expect(await runConsumer(place, place[node], files)).toBe(`pass ${checks.length} pass 0`);
  });

  test('a sabotaged executable is red for its reason, and the gate refuses a part of a report (Node 24)', {
    timeout: longMs,
  }, async ({ place, signal }) => {
    const sabotaged = ['--binary', join(root, 'fixtures/sabotaged/dist/wrong-result'), ...contract];
    const run = await runInstalled(
      place, place.node24, ['verify', ...sabotaged, '--only', 'execution', '--profile', 'quick', '--report-dir', 'reports/red'], signal,
    );
    const expected = expectations.find(({ variant }) => variant === 'wrong-result');
    const report = await reportIn(place, 'reports/red');
    expect(expected && deviations(expected, report), run.told).toEqual([]);
    expect(run.code, run.told).toBe(1);
    expect(report.tool.peakResidentBytes).toBeLessThan(mostResidentBytes);
    const gate = await runInstalled(
      place, place.node24, ['gate', 'reports/red', '--require', platformId(), '--report-dir', 'reports/red'], signal,
    );
    expect(gate.stderr, gate.told).toMatch(/partial/);
    expect(gate.code, gate.told).toBe(1);
  });

  test('nothing was written but the reports, neither beside the package nor into the temporary folder', async ({ place, installed }) => {
    expect(await listing(place)).toEqual(installed);
    expect(await readdir(place.temporary)).toEqual([]);
  });
});
