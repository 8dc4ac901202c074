import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, expect } from 'vitest';
import { binaryOf, contractText, evidencePath, evidenceText, freshReport } from '../../harness/gate/sample.testing.ts';
import { platforms } from '../../harness/model/platforms.ts';
import { openReportFolder } from '../../harness/run/publish/report-folder.ts';
import { platformId } from '../../harness/system/platform.ts';
import { build, environment, root } from '../support/command.ts';
import { test as base } from '../support/proof.ts';
import { runWorkflow, type World } from './run-workflow.ts';
import { scenarios, type Scenario } from './scenarios.ts';

// Runs the release workflow's own steps on this machine: every `run:` line of every job, in a fresh checkout. The executables have real
// headers and good reports; where a scenario has a sabotaged one, that is verified in earnest, on this machine's platform.

/** Programs in place of those that must not act here, or would fetch again what is there. */
const programs = join(root, 'proofs/workflows/programs');
const fileOf = (platform: string) => `agent-runner-${platform}${platform.startsWith('windows') ? '.exe' : ''}`;

const gitIn = (folder: string) => async (...args: string[]) => await execa('git', args, { cwd: folder });
const author = ['-c', 'user.name=frostgate', '-c', 'user.email=frostgate@example.invalid', '-c', 'commit.gpgsign=false'];
const commitAll = [...author, 'commit', '--quiet', '--all'];

/** A repository that holds what git would commit of this one now, with the contract that the good reports are about. */
async function snapshot(folder: string): Promise<string> {
  const git = gitIn(folder);
  mkdirSync(folder);
  await git('init', '--quiet', '--initial-branch=main');
  await git(`--git-dir=${folder}/.git`, `--work-tree=${root}`, 'add', '--all');
  await git('checkout-index', '--all');
  writeFileSync(join(folder, 'fixtures/agent-runner/worker-contract.yaml'), contractText);
  await git(...commitAll, '--message=the working tree');
  return folder;
}

/** A repository in which a version was released before this one, with that contract. */
async function tagEarlier(repository: string, contract: string): Promise<void> {
  const [git, file] = [gitIn(repository), join(repository, 'fixtures/agent-runner/worker-contract.yaml')];
  const now = readFileSync(file, 'utf8');
  writeFileSync(file, contract);
  await git(...commitAll, '--allow-empty', '--message=earlier');
  await git('tag', 'v0.9.0');
  writeFileSync(file, now);
  await git(...commitAll, '--allow-empty', '--message=now');
}

const test = base.extend('original', { scope: 'file' }, async ({ shared }) => await snapshot(join(shared, 'repository')));

async function newWorld(
  { before: [wanted, happens] = ['', () => {}], promisedBefore, reports, sabotage }: Scenario,
  { folder, original, signal }: Record<'folder' | 'original', string> & { readonly signal: AbortSignal },
): Promise<World> {
  const repository = join(folder, 'repository');
  cpSync(original, repository, { recursive: true });
  if (promisedBefore !== undefined) await tagEarlier(repository, promisedBefore(contractText));
  mkdirSync(join(folder, 'artifacts'));
  const { stdout: commit } = await execa('git', ['rev-parse', 'HEAD'], { cwd: repository });
  const isReal = (platform: string) => sabotage !== undefined && platform === platformId();
  const begun = new Set<string>();
  const own = { TMPDIR: folder, FROSTGATE_WORLD: folder, FROSTGATE_ORIGIN: repository };
  return {
    folder, repository, commit, signal, signed: [], said: [],
    environment: environment([programs, dirname(process.execPath)].join(delimiter), own),
    before: (job) => {
      if (job === wanted && !begun.has(job)) happens(join(folder, 'artifacts'));
      begun.add(job);
    },
    replaces: async ({ platform = '' }, step, workspace) => {
      if (step === 'build') {
        const file = join(workspace, 'dist', fileOf(platform));
        mkdirSync(dirname(file));
        if (isReal(platform)) cpSync(join(root, 'fixtures/sabotaged/dist', sabotage ?? ''), file);
        else writeFileSync(file, binaryOf(platform));
        return {};
      }
      if (step !== 'verify' || platform === '' || isReal(platform)) return undefined;
      await using report = await openReportFolder(join(workspace, 'reports'), platform);
      mkdirSync(dirname(join(report.staging, evidencePath)), { recursive: true });
      writeFileSync(join(report.staging, evidencePath), evidenceText);
      const good = freshReport(platform);
      const made = { ...good, platform: { ...good.platform, commit } };
      await report.publish(reports?.(platform, made) ?? made, []);
      return { verdict: 'pass', report: `reports/${platform}` };
    },
  };
}

/** The tag, at the commit that was verified, and the executables of the release. */
async function released({ repository, folder, commit }: World): Promise<string[]> {
  const { stdout: tags } = await execa('git', ['for-each-ref', '--format=%(refname) %(objectname)', 'refs/tags/v1*'], { cwd: repository });
  const words = existsSync(join(folder, 'gh')) ? readFileSync(join(folder, 'gh'), 'utf8') : '';
  const files = platforms.filter((platform) => new RegExp(`^release create v1\\.0\\.0 .*dist/${fileOf(platform)}(?: |$)`, 'm').test(words));
  return [tags.replace(commit, 'the commit'), ...files].filter((line) => line !== '');
}

beforeAll(async () => await build('sabotaged', AbortSignal.timeout(900_000)), 900_000);

test.for(scenarios)('$name', { timeout: 300_000 }, async (scenario, { folder, original, signal }) => {
  const world = await newWorld(scenario, { folder, original, signal });
  const results = await runWorkflow(world, '.github/workflows/release.yml', { version: scenario.version ?? '1.0.0' });
  const said = world.said.join('\n');
  const jobs = Object.entries(results).map(([job, { result }]) => [job, result]).filter(([, result]) => result !== 'success');
  expect(Object.fromEntries(jobs), said).toEqual(scenario.jobs);
  for (const pattern of scenario.says) expect(said).toMatch(pattern);
  expect(await released(world), said).toEqual(jobs.length === 0 ? ['refs/tags/v1.0.0 the commit', ...platforms] : []);
  // Each platform's tests, and provenance and verdict of all; nothing is signed about what the gate did not let through.
  const signed = scenario.signed ?? (results['gate']?.result === 'success' ? platforms.length + 2 : 0);
  expect(world.signed.length, said).toBe(signed);
  expect(world.signed.filter((line) => line.includes('"result":"PASSED"')).length).toBe(Math.max(0, signed - 2));
});
