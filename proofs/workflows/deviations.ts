import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { platforms } from '../../harness/model/platforms.ts';
import type { JobResult } from './run-workflow.ts';
import type { Scenario } from './scenarios.ts';
import { recordedCommands, type World } from './world.ts';

/** Every way in which a run of the release was not what its scenario says; empty when it was. */
export async function deviations(scenario: Scenario, world: World, results: Readonly<Record<string, JobResult>>): Promise<string[]> {
  const jobs = Object.keys({ ...scenario.jobs, ...results }).filter((id) => scenario.jobs[id] !== results[id]?.result);
  const failed = world.happenings.filter(({ outcome }) => outcome === 'failure');
  const said = failed.map(({ log }) => log).join('\n');
  const released = scenario.jobs['release'] === 'success';
  return [
    ...jobs.map((id) => `the job ${id}: ${results[id]?.result}, expected ${scenario.jobs[id]}`),
    ...(jobs.length > 0 ? failed.map(({ job, step, log }) => `${job}, ${step}: ` +
      log.trim().split('\n').slice(-25).join('\n         ')) : []),
    ...(scenario.says ?? []).filter((pattern) => !pattern.test(said)).map((pattern) => `no step that failed said ${pattern}`),
    ...(await tagDeviations(world, released)),
    ...(released ? releaseDeviations(world) : attestedWithoutGate(world, results)),
  ];
}

/** The tag is there, at the commit that was verified, exactly when it may be; nothing is released without it. */
async function tagDeviations(world: World, released: boolean): Promise<string[]> {
  const { stdout } = await execa(
    'git', ['for-each-ref', '--format=%(refname) %(objectname)', 'refs/tags'], { cwd: world.repository.folder },
  );
  const expected = released ? `refs/tags/v1.0.0 ${world.repository.commit}` : '';
  const reached = world.happenings.some(({ step, outcome }) => step === 'Tag' && outcome !== 'skipped');
  const releases = recordedCommands(world.folder).filter(([program, command]) => program === 'gh' && command === 'release').length;
  return [
    ...(stdout === expected ? [] : [`tags: "${stdout}", expected "${expected}"`]),
    ...(reached === released ? [] : [`the tag step was ${reached ? '' : 'not '}reached`]),
    ...(releases === (released ? 1 : 0) ? [] : [`${releases} releases were made`]),
  ];
}

/** What a good release leaves: its files, its signed statements, its summary. */
function releaseDeviations(world: World): string[] {
  const [, , , , ...words] = recordedCommands(world.folder).find(([program, command]) => program === 'gh' && command === 'release') ?? [];
  const missing = platforms.filter((platform) => !words.some((word) => word.startsWith(`dist/agent-runner-${platform}`)));
  const statements = (type: string) => world.attestations.filter(({ predicateType }) => predicateType.includes(type));
  const passed = statements('/test-result/').filter(({ predicate }) => JSON.stringify(predicate).includes('"result":"PASSED"'));
  const tested = new Set(passed.flatMap(({ subjects }) => subjects));
  const whole = [...statements('/provenance/'), ...statements('/svr/')].filter(
    ({ subjects }) => subjects.length === platforms.length && subjects.every((subject) => tested.has(subject)),
  );
  const summary = existsSync(join(world.folder, 'summary.md')) ? readFileSync(join(world.folder, 'summary.md'), 'utf8') : '';
  return [
    ...missing.map((platform) => `the release lacks the executable for ${platform}`),
    ...(tested.size === platforms.length ? [] : [`${tested.size} executables have a passed test-result, expected ${platforms.length}`]),
    ...(whole.length === 2 ? [] : ['provenance and the gate\'s verdict must both be about all executables']),
    ...(summary.length > 0 ? [] : ['the run has no summary']),
  ];
}

/** Nothing is signed about a release that the gate did not let through. */
function attestedWithoutGate(world: World, results: Readonly<Record<string, JobResult>>): string[] {
  return results['gate']?.result !== 'success' && world.attestations.length > 0 ? [`${world.attestations.length} statements were ` +
    'signed'] : [];
}
