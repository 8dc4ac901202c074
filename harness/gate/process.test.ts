import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { gateSchema } from '../model/gate.ts';
import { contractText, freshReport, withCheck } from './sample.testing.ts';
import { argumentsOf, goodRelease, plainly, runGate } from './situation.testing.ts';
import { artifactSituations } from './situations-artifact.testing.ts';
import { promiseSituations } from './situations-promises.testing.ts';
import { regressionSituations } from './situations-regression.testing.ts';
import { releaseSituations } from './situations-release.testing.ts';
import { runSituations } from './situations-run.testing.ts';
import { trustSituations } from './situations-trust.testing.ts';

const always = ['gate.html', 'gate.json', 'gate.md', 'gate.txt', 'summary.md'];
const names = new Set([
  'the good release', 'a waiver excuses a failed and an inconclusive check', 'a check failed', 'a check could not judge', 'a partial run',
  'interrupted after the last check', 'the verdict was changed to pass', 'an evidence file was changed', 'a truncated report',
  'a report of another schema version', 'a report of more than 64 MB', 'a report is not there', 'two reports of one platform',
  'a report of a platform that nobody requires', 'a report about another commit, and one that names none',
  'the artifact was built again after it was verified', 'a waiver that has ended', 'it ended in the future',
  'more is promised now', 'five promises are weaker', 'weaker promises with their reasons',
  'every platform was compared with what was released there', 'one platform was compared with another executable', 'a decision failed',
]);
const situations = [
  ...runSituations, ...trustSituations, ...releaseSituations, ...artifactSituations, ...promiseSituations, ...regressionSituations,
].filter(({ name }) => names.has(name));

describe.concurrent('the command', () => {
  test('each of the situations for the command is in the table', () => expect(situations.length).toBe(names.size));

  test.for(situations)('$name', async ({ plant, blocks, exit }) => {
    using release = goodRelease();
    const args = (await plant(release)) ?? argumentsOf(release);
    const { code, stdout, stderr } = await runGate([...args, '--report-dir', release.path('out')], { cwd: release.folder });
    expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
    const gate = gateSchema.parse(JSON.parse(readFileSync(release.path('out/gate/gate.json'), 'utf8')));
    expect(gate.blocks.map(({ kind, sentence }) => `${kind}: ${plainly(sentence, release)}`)).toEqual(blocks);
    expect(readdirSync(release.path('out/gate')).toSorted()).toEqual(exit === 0 ? [...always, 'svr.json', 'svr.predicate.json'] : always);
    expect(stderr).toContain(`\n  ${gate.verdict.outcome.toUpperCase()} `);
    expect(stderr).toContain('out/gate/gate.md');
  });

  test('an earlier pass leaves no SVR when the next decision is a fail', async () => {
    using release = goodRelease();
    expect((await runGate(argumentsOf(release), { cwd: release.folder })).code).toBe(0);
    expect(readdirSync(release.path('reports/gate'))).toContain('svr.json');
    release.report('linux-arm64', withCheck(freshReport('linux-arm64'), 'artifact.help', { outcome: 'fail', reason: 'x' }));
    expect((await runGate(argumentsOf(release), { cwd: release.folder })).code).toBe(1);
    expect(readdirSync(release.path('reports/gate')).toSorted()).toEqual(always);
    expect(readdirSync(release.path('reports')).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('--json puts the decision alone on stdout, --quiet says nothing about a pass', async () => {
    using release = goodRelease();
    const { code, stdout, stderr } = await runGate([...argumentsOf(release), '--json', '--quiet'], { cwd: release.folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(gateSchema.parse(JSON.parse(stdout)).verdict.outcome).toBe('pass');
  });

  test('under GitHub Actions the summary is appended and each block is annotated', async () => {
    using release = goodRelease();
    release.report(
      'linux-arm64', withCheck(freshReport('linux-arm64'), 'artifact.help', { outcome: 'fail', reason: '100 %\n::error::x' }),
    );
    const summary = release.file('step-summary.md', 'before\n');
    const { code, stderr } = await runGate(
      argumentsOf(release), { cwd: release.folder, environment: { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary } },
    );
    expect(code).toBe(1);
    expect(stderr.split('\n').filter((line) => line.trimStart().startsWith('::'))).toEqual([
      expect.stringMatching(/^::error title=release gate%3A red::linux-arm64: artifact\.help failed \(100 %25 : :error: :x\)\./),
    ]);
    expect(readFileSync(summary, 'utf8')).toMatch(/^before\n[\s\S]*# Release gate: agent-runner\n\n\*\*FAIL\*\* /);
  });

  test('a symbolic link to a report is one; a loop of links, a named pipe and a device are refused, and nothing hangs', async () => {
    using release = goodRelease();
    const place = (name: string) => release.path('odd', name);
    mkdirSync(release.path('odd'));
    symlinkSync(release.path('reports/linux-amd64/report.json'), place('link.json'));
    symlinkSync(place('loop.json'), place('loop.json'));
    execFileSync('mkfifo', [place('pipe.json')]);
    const reports = [place('link.json'), place('loop.json'), place('pipe.json'), '/dev/zero'];
    const { code, stderr } = await runGate(
      argumentsOf(release, { reports, require: 'linux-amd64', artifacts: false, more: ['--report-dir', 'out'] }), { cwd: release.folder },
    );
    expect(code).toBe(3);
    expect(stderr.replace(/\s+/g, ' ')).toMatch(new RegExp(['odd/loop\\.json cannot be read: its links go round in a circle\\.',
      'odd/pipe\\.json cannot be read: it is not a regular file\\.', '/dev/zero cannot be read: it is not a regular file\\.'].join('.*')));
  });

  test('a report folder that cannot be written: one sentence, exit 2, and the verdict is shown all the same', async () => {
    using release = goodRelease();
    writeFileSync(release.path('file'), '');
    const { code, stderr } = await runGate(argumentsOf(release, { more: ['--report-dir', 'file/out'] }), { cwd: release.folder });
    expect(code).toBe(2);
    expect(stderr).toContain('  PASS ');
    expect(stderr).toMatch(/\nerror: The report folder \S+file\/out cannot be written \(.*\. Choose another --report-dir\.$/);
    expect(stderr).not.toContain('decision ');
  });

  test('two contracts of one worker: one sentence, exit 2, and no decision', async () => {
    using release = goodRelease();
    const more = ['--contract', release.file('again.yaml', contractText), '--report-dir', release.path('out')];
    const { code, stderr } = await runGate(argumentsOf(release, { more }), { cwd: release.folder });
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error: two contracts are of the worker agent-runner: \S*worker-contract\.yaml and \S*again\.yaml; give one for each worker$/,
    );
    expect(existsSync(release.path('out/gate/gate.json'))).toBe(false);
  });

  test('a full disk: one sentence, exit 3, the verdict is shown, and no half of a decision is left', async () => {
    using release = goodRelease();
    // A limit on the size of files makes the system refuse to write as a full disk does.
    const { code, stderr } = await runGate(argumentsOf(release), { cwd: release.folder, limitBlocks: 8 });
    expect(code).toBe(3);
    expect(stderr).toContain('  PASS ');
    expect(stderr).toMatch(
      /\nerror: The decision could not be written to \S+reports\/gate \(EFBIG: .*\)\. Make room there, or choose another --report-dir\.$/,
    );
    expect(readdirSync(release.path('reports')).toSorted()).toEqual(['darwin-arm64', 'linux-amd64', 'linux-arm64']);
  });

  test('a gate folder with something foreign in it is left alone', async () => {
    using release = goodRelease();
    release.file('reports/gate/thesis.txt', 'precious');
    const { code, stderr } = await runGate(argumentsOf(release), { cwd: release.folder });
    expect(code).toBe(2);
    expect(stderr).toMatch(/\nerror: \S+reports\/gate holds "thesis\.txt", which frostgate did not write; /);
    expect(readdirSync(release.path('reports/gate'))).toEqual(['thesis.txt']);
  });

  test('a contract that is none is a usage error', async () => {
    using release = goodRelease();
    release.contract('worker: [');
    const { code, stderr } = await runGate(argumentsOf(release), { cwd: release.folder });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: \S*worker-contract\.yaml:\d+: /);
  });

  test('--help teaches and ends with 0, whatever stands beside it', async () => {
    using release = goodRelease();
    const { code, stdout, stderr } = await runGate(['--bogus', '--help'], { cwd: release.folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Usage: npm run gate -- REPORT…');
  });
});
