import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { parse } from 'yaml';
import { z } from 'zod';
import { cloneInto } from './repository.ts';
import type { World } from './world.ts';

const variables = z.record(z.string(), z.string());
const job = z.strictObject({
  stage: z.string(),
  extends: z.literal('.every-platform').optional(),
  when: z.literal('always').optional(),
  variables: variables.optional(),
  id_tokens: z.record(z.string(), z.object({ aud: z.string() })).optional(),
  script: z.array(z.string()),
  artifacts: z.strictObject({
    when: z.literal('always').optional(), paths: z.array(z.string()), reports: z.object({ junit: z.string() }).optional(),
  }).optional(),
});
const pipeline = z
  .object({
    stages: z.array(z.string()),
    variables,
    '.every-platform': z.strictObject({
      tags: z.tuple([z.literal('$PLATFORM')]), parallel: z.strictObject({ matrix: z.array(variables) }),
    }),
  })
  .loose();

/** One job of a GitLab pipeline. */
export type GitlabJob = z.infer<typeof job>;
/** What this repository uses of GitLab's format; a job with anything else is refused. */
export type Pipeline = {
  readonly stages: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly legs: readonly Readonly<Record<string, string>>[];
  readonly jobs: ReadonlyMap<string, GitlabJob>;
};

/** One job that was run, or left out because something before it had failed. */
export type GitlabResult = {
  readonly job: string;
  readonly platform: string;
  readonly result: 'success' | 'failed' | 'skipped';
  readonly log: string;
};

/** Reads `.gitlab-ci.yml`. */
export function readPipeline(file: string): Pipeline {
  const { stages, variables: global, '.every-platform': every, ...rest } = pipeline.parse(parse(readFileSync(file, 'utf8')));
  const jobs = Object.entries(rest).filter(([name]) => !['workflow', 'default'].includes(name));
  return { stages, variables: global, legs: every.parallel.matrix, jobs: new Map(jobs.map(([name, value]) => [name, job.parse(value)])) };
}

/** Does in place of a script line what cannot be done here; undefined when the line can be run. */
export type LineReplacement = (line: string, platform: string, workspace: string) => Promise<void> | undefined;

/**
 * Runs the pipeline of a branch as GitLab does, every line of every script: a stage begins when all jobs before it are done, and a job
 * without `when: always` only when they have succeeded. Each job starts in a clean checkout with the artifacts of all before it.
 */
export async function runPipeline(world: World, branch: string, replaces: LineReplacement): Promise<GitlabResult[]> {
  const { stages, variables: global, legs, jobs } = readPipeline(join(world.repository.folder, '.gitlab-ci.yml'));
  const results: GitlabResult[] = [];
  for (const stage of stages) {
    const failed = results.some(({ result }) => result !== 'success');
    for (const folder of [earlier(world), ofStage(world)]) mkdirSync(folder, { recursive: true });
    for (const [name, current] of jobs) {
      if (current.stage !== stage) continue;
      for (const leg of current.extends === undefined ? [{ PLATFORM: '' }] : legs) {
        const platform = leg['PLATFORM'] ?? '';
        world.before(name);
        if (failed && current.when !== 'always') results.push({ job: name, platform, result: 'skipped', log: '' });
        else results.push({ job: name, platform, ...(await runJob(
          world, current, { ...global, ...current.variables, ...leg, CI_COMMIT_BRANCH: branch }, `${name}-${platform}`, replaces,
        )) });
      }
    }
    cpSync(ofStage(world), earlier(world), { recursive: true });
  }
  return results;
}

/** The artifacts that a job gets: those of the stages before its own. */
export const earlier = (world: World): string => join(world.folder, 'artifacts-of-earlier-stages');
const ofStage = (world: World): string => join(world.folder, 'artifacts-of-this-stage');

async function runJob(
  world: World, { script, artifacts }: GitlabJob, given: Readonly<Record<string, string>>, name: string, replaces: LineReplacement,
): Promise<Pick<GitlabResult, 'result' | 'log'>> {
  const workspace = join(world.folder, 'builds', name);
  await cloneInto(workspace, world.repository, world.repository.commit, false);
  cpSync(earlier(world), workspace, { recursive: true });
  const env = { ...world.environment, PATH: [
    world.programs, process.env['PATH'],
  ].join(delimiter), CI: 'true', GITLAB_CI: 'true', CI_COMMIT_SHA: world.repository.commit, ...given };
  const logs: string[] = [];
  let failed = false;
  for (const line of script) {
    const replaced = replaces(line, given['PLATFORM'] ?? '', workspace);
    if (replaced !== undefined) {
      await replaced;
      continue;
    }
    const result = await execa('bash', ['-eo', 'pipefail', '-c', line], {
      cwd: workspace, extendEnv: false, env, all: true, reject: false, stdin: 'ignore', timeout: 600_000, cancelSignal: world.signal,
    });
    logs.push(result.all);
    failed = result.failed;
    if (failed) break;
  }
  const kept = failed && artifacts?.when !== 'always' ? [] : (artifacts?.paths ?? []);
  // A path that is not there gives a warning on GitLab, no more.
  for (const path of kept.filter((entry) => existsSync(join(workspace, entry)))) cpSync(
    join(workspace, path), join(ofStage(world), path), { recursive: true, force: true },
  );
  return { result: failed ? 'failed' : 'success', log: logs.join('\n') };
}
