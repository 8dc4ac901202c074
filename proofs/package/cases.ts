import assert from 'node:assert/strict';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deviations } from '../controls/compare.ts';
import { expectations } from '../controls/expectations.ts';
import { ownVersion } from '../../harness/system/own-package.ts';
import { platformId } from '../../harness/system/platform.ts';
import { reportSchema, type Report } from '../../harness/model/report.ts';
import { compileConsumer, runConsumer } from './consumer.ts';
import { listing, runInstalled, runThroughNpx, type Ran } from './installed.ts';
import { root, type Place } from './place.ts';

/** One thing that another project relies on; throws when it does not hold. */
export type Case = { readonly name: string; readonly test: () => Promise<void> };

/** What the harness itself may take, its threads included. */
const mostResidentBytes = 400_000_000;

const contract = ['--contract', 'worker-contract.yaml'];
const reference = [
  '--binary', join(root, 'fixtures/agent-runner/dist/agent-runner'), '--baseline', join(root, 'fixtures/agent-runner'), ...contract,
];
const sabotaged = ['--binary', join(root, 'fixtures/sabotaged/dist/wrong-result'), ...contract];

/** Everything that is tried in the place, in this order: what is cheap comes first. */
export function casesFor(place: Place, signal: AbortSignal): Case[] {
  const { node24, node22, project, temporary } = place;
  const run = (node: string, ...args: string[]): Promise<Ran> => runInstalled(place, node, args, signal);
  const reportIn = async (folder: string): Promise<Report> =>
    reportSchema.parse(JSON.parse(await readFile(join(project, folder, platformId(), 'report.json'), 'utf8')));
  let installed: string[] = [];

  const onEach = (name: string, test: (node: string) => Promise<void>): Case[] => [
    { name: `${name} (Node 22)`, test: () => test(node22) },
    { name: `${name} (Node 24)`, test: () => test(node24) },
  ];
  const refused = (name: string, args: string[], sentence: RegExp): Case[] =>
    onEach(name, async (node) => {
      const { code, stdout, stderr } = await run(node, ...args);
      assert.match(stderr, sentence);
      assert.deepEqual({ code, stdout, lines: stderr.split('\n').length }, { code: 2, stdout: '', lines: 1 });
    });

  return [
    {
      name: `the tarball (${(place.tarballBytes / 1000).toFixed(0)} kB, ${place.files.length} files) holds what is run and nothing else`,
      test: async () => {
        const expected = [/dist\/(?:harness|suites|vitest\.config)[\w./-]*\.(?:js|d\.ts)/, /dist\/harness\/baseline\/\w+\/\w+\.py/,
          /harness\/[\w/-]+\.schema\.json/, /README\.md/, /package\.json/].map(({ source }) => new RegExp(`^(?:${source})$`));
        const foreign = place.files.filter((file) => !expected.some((pattern) => pattern.test(file)));
        const ours = place.files.filter(
          (file) => /\.(?:test|testing|fixture)\.|sample-|golden|controls|bench|package\/|workflows\//.test(file),
        );
        assert.deepEqual([...foreign, ...ours], []);
        assert.ok(place.tarballBytes < 1_000_000, 'it is larger than 1 MB');
      },
    },
    {
      name: 'a program of another project compiles against its types',
      test: async () => {
        assert.equal(await compileConsumer(place), '');
        installed = await listing(place);
      },
    },
    ...onEach('--version', async (node) => assert.deepEqual(await run(node, '--version'), { code: 0, stdout: ownVersion, stderr: '' })),
    ...onEach('--help names the commands', async (node) => assert.match(
      (await run(node, '--help')).stdout, /^ {2}verify +\w.*\n {2}inspect +\w.*\n {2}gate +\w/m,
    )),
    ...onEach('verify --help', async (node) => {
      const { code, stdout } = await run(node, 'verify', '--help');
      assert.equal(code, 0);
      assert.match(stdout, /^Usage: frostgate verify \[options\]$/m);
    }),
    ...refused('no command', [], /^error: name a command: one of verify, inspect, gate; see frostgate --help$/),
    ...refused('an unknown command', ['verfy'], /^error: unknown command verfy; /),
    ...refused('an unknown flag', ['verify', '--binry', 'x'], /^error: unknown flag --binry; did you mean --binary\?$/),
    ...refused(
      'no executable: there is no reference to fall back to', ['verify', '--quiet'],
      /^error: name the executable: frostgate verify --binary dist\/agent-runner$/,
    ),
    ...refused(
      'a gate without reports', ['gate', '--require', platformId()], /^error: no report is named; .*: frostgate gate reports --require/,
    ),
    {
      name: 'npx, from a folder below the project',
      test: async () => {
        await mkdir(join(project, 'reports/below'), { recursive: true });
        const { code, stderr } = await runThroughNpx(place, 'reports/below', ['verify', '--binary', 'nothing'], signal);
        assert.match(stderr, /^error: .*\/reports\/below\/nothing: no such file; /m);
        assert.equal(code, 2);
      },
    },
    {
      name: 'the whole verification of the reference passes (Node 24)',
      test: async () => {
        const { code, stderr } = await run(node24, 'verify', ...reference);
        assert.equal(code, 0, stderr);
        const { tool, partial, checks } = await reportIn('reports');
        assert.deepEqual({ partial, command: tool.commandLine, version: tool.version }, {
          partial: [], command: ['frostgate', 'verify', ...reference], version: ownVersion,
        });
        assert.ok(checks.length > 60, `only ${checks.length} checks`);
        assert.ok(tool.peakResidentBytes < mostResidentBytes, `the harness took ${tool.peakResidentBytes} bytes`);
      },
    },
    {
      name: 'inspect compares the reference with its source, and nothing is missing (Node 22)',
      test: async () => {
        const { code, stdout, stderr } = await run(
          node22, 'inspect', join(root, 'fixtures/agent-runner/dist/agent-runner'), '--baseline', join(root, 'fixtures/agent-runner'),
        );
        assert.match(stdout, /^what +PyInstaller one-file executable/m);
        assert.match(stderr, /^against the baseline: nothing is missing$/m);
        assert.equal(code, 0);
      },
    },
    {
      name: 'the gate passes on that report',
      test: async () => {
        const { code, stderr } = await run(node24, 'gate', 'reports', '--require', platformId());
        assert.equal(code, 0, stderr);
      },
    },
    {
      name: 'a quick verification of the reference passes (Node 22)',
      test: async () => {
        const { code, stderr } = await run(node22, 'verify', ...reference, '--profile', 'quick', '--report-dir', 'reports/quick');
        assert.equal(code, 0, stderr);
        const { tool } = await reportIn('reports/quick');
        assert.ok(tool.peakResidentBytes < mostResidentBytes, `the harness took ${tool.peakResidentBytes} bytes`);
      },
    },
    {
      name: 'the gate refuses that report, which is partial (Node 22)',
      test: async () => {
        const { code, stderr } = await run(node22, 'gate', 'reports/quick', '--require', platformId(), '--report-dir', 'reports/quick');
        assert.match(stderr, /partial/);
        assert.equal(code, 1);
      },
    },
    {
      name: 'a sabotaged executable is red for its reason (Node 22)',
      test: async () => {
        const { code } = await run(
          node22, 'verify', ...sabotaged, '--only', 'execution', '--profile', 'quick', '--report-dir', 'reports/red',
        );
        const expected = expectations.find(({ variant }) => variant === 'wrong-result');
        assert.ok(expected);
        assert.deepEqual(deviations(expected, await reportIn('reports/red')), []);
        assert.equal(code, 1);
      },
    },
    ...onEach('that program reads what was written', async (node) => {
      const files = [join('reports', platformId(), 'report.json'), 'reports/gate/gate.json'];
      const { checks } = await reportIn('reports');
      assert.equal(await runConsumer(place, node, files), `pass ${checks.length} pass 0`);
    }),
    {
      name: 'nothing was written but the reports, neither beside the package nor into the temporary folder',
      test: async () => {
        assert.deepEqual(await listing(place), installed);
        assert.deepEqual(await readdir(temporary), []);
      },
    },
  ];
}
