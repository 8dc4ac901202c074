import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { platforms } from '../../harness/model/platforms.ts';
import { platformId } from '../../harness/system/platform.ts';
import { earlier, runPipeline, type GitlabResult } from './gitlab.ts';
import { writeExecutable, writeReport } from './platforms.ts';
import { nothingRecorded, type Setting } from './release.ts';
import { copyOf } from './repository.ts';
import { newWorld, recordedCommands, type World } from './world.ts';

/** A pipeline as it can go on GitLab, with the recorded report for every platform. */
export type GitlabScenario = {
  readonly name: string;
  readonly branch: string;
  /** Taken away before the gate, from the artifacts. */
  readonly lost?: string;
  /** The job that fails; all that come after it are left out, the gate excepted. Nothing fails without it. */
  readonly fails?: string;
};

export const gitlabScenarios: readonly GitlabScenario[] = [
  { name: 'GitLab: a good release is tagged', branch: 'release/1.0.0' },
  { name: 'GitLab: a platform without a report is not', branch: 'release/1.0.0', lost: 'verified/darwin-arm64', fails: 'gate' },
  { name: 'GitLab: a version that the contract does not promise is not built', branch: 'release/9.9.9', fails: 'request' },
];

/** Plays a scenario in `own` and returns what was not as it should be. */
export async function playOnGitlab(
  scenario: GitlabScenario, { repository: original, own, recorded, programs, signal }: Setting,
): Promise<string[]> {
  if (!existsSync(recorded)) return [nothingRecorded];
  const repository = copyOf(original, join(own, 'repository'));
  const lose = (job: string): void => {
    if (job === 'gate' && scenario.lost !== undefined) rmSync(join(earlier(world), scenario.lost), { recursive: true, force: true });
  };
  const world: World = newWorld({ folder: own, repository, programs, signal, replaces: () => undefined, before: lose });
  const results = await runPipeline(
    world, scenario.branch, (line, platform, workspace) => replacementFor(world, recorded, line, platform, workspace),
  );
  return [...resultDeviations(scenario, results), ...(await tagDeviations(scenario, world))];
}

/** Other platforms are not built here; the verification's own words are read, and the recorded report stands for what it would write. */
function replacementFor(world: World, recorded: string, line: string, platform: string, workspace: string): Promise<void> | undefined {
  const here = platform === platformId();
  if (line.startsWith('cp ') && !here) return Promise.resolve(
    writeExecutable(platform, join(workspace, 'dist', `agent-runner-${platform}${platform.startsWith('windows') ? '.exe' : ''}`)),
  );
  if (!line.startsWith('node harness/main.ts ')) return undefined;
  return (async () => {
    const env = {
      ...world.environment, PLATFORM: platform, CONTRACT: 'fixtures/agent-runner/worker-contract.yaml', BASELINE: 'fixtures/agent-runner',
      SUFFIX: '',
    };
    await execa('bash', ['-eo', 'pipefail', '-c', `${line} --list-checks`], { cwd: workspace, extendEnv: false, env, stdin: 'ignore' });
    mkdirSync(join(workspace, 'verified'), { recursive: true });
    if (here) cpSync(recorded, join(workspace, 'verified', platform), { recursive: true });
    else await writeReport(platform, recorded, join(workspace, 'verified'));
  })();
}

function resultDeviations({ fails }: GitlabScenario, results: readonly GitlabResult[]): string[] {
  const failedAt = results.findIndex(({ job }) => job === fails);
  return results.flatMap(({ job, platform, result, log }, index) => {
    const after = failedAt >= 0 && index > failedAt;
    const expected = job === fails || (after && job === 'gate') ? 'failed' : after ? 'skipped' : 'success';
    return result === expected ? [] : [`${job} ${platform}: ${result}, expected ${expected}: ${log.slice(-1500)}`];
  });
}

async function tagDeviations({ fails }: GitlabScenario, { folder, repository }: World): Promise<string[]> {
  const { stdout } = await execa('git', ['for-each-ref', '--format=%(refname) %(objectname)', 'refs/tags'], { cwd: repository.folder });
  const expected = fails === undefined ? `refs/tags/v1.0.0 ${repository.commit}` : '';
  const released = recordedCommands(folder).find(([program]) => program === 'glab') ?? [];
  const missing = fails === undefined
    ? platforms.filter((platform) => !released.some((word) => word.startsWith(`dist/agent-runner-${platform}`)))
    : [];
  return [...(
    stdout === expected ? [] : [`tags: "${stdout}", expected "${expected}"`]
  ), ...missing.map((platform) => `the release lacks the executable for ${platform}`)];
}
