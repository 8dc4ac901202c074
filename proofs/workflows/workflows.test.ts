import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { platforms } from '../../harness/model/platforms.ts';
import { readPipeline } from './gitlab.ts';
import { shellSteps } from './jenkins.ts';
import { allNeeds, legsOf } from './plan.ts';
import { readAction, readWorkflow, type Step } from './schema.ts';

// What must hold for the CI files of this repository, read as they are.

const at = (file: string) => fileURLToPath(new URL(`../../${file}`, import.meta.url));
const files = ['.github/workflows/ci.yml', '.github/workflows/release.yml', '.github/workflows/verify.yml', 'action.yml'] as const;
const workflows = files.filter((file) => file !== 'action.yml').map((file) => ({ file, ...readWorkflow(at(file)) }));
const release = readWorkflow(at('.github/workflows/release.yml'));
const verify = readWorkflow(at('.github/workflows/verify.yml'));
const action = readAction(at('action.yml'));
const gitlab = readPipeline(at('.gitlab-ci.yml'));
const jenkins = shellSteps(readFileSync(at('Jenkinsfile'), 'utf8'));
const steps: readonly Step[] = [...workflows.flatMap(({ jobs }) => Object.values(jobs).flatMap((job) => job.steps)), ...action.runs.steps];
const scriptOf = (found: Step | undefined) => found?.run ?? '';

describe('every workflow', () => {
  test.each(files)('%s pins every action to a commit and names its version', (file) => {
    const foreign = readFileSync(at(file), 'utf8').split('\n').filter(
      (line) => /\buses: (?!\.\/)/.test(line) && !line.trimStart().startsWith('#'),
    );
    expect(foreign.length).toBeGreaterThan(0);
    for (const line of foreign) expect(line).toMatch(/uses: [\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test('one version of an action everywhere', () => {
    const pins = new Set(steps.flatMap(({ uses }) => (uses?.includes('@') ? [uses] : [])));
    expect(pins.size).toBe(new Set([...pins].map((pin) => pin.split('@')[0])).size);
  });

  test('grants nothing to all jobs, and limits the time of each', () => {
    for (const { permissions, jobs } of workflows) {
      expect(permissions).toEqual({});
      for (const job of Object.values(jobs)) expect(job.uses ?? job['timeout-minutes']).toBeDefined();
    }
  });

  test('no script holds an expression: values reach the shell through its environment only', () => {
    expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([]);
    expect(steps.filter(({ run }) => run !== undefined).length).toBeGreaterThan(10);
  });
});

describe('the release', () => {
  test('only the last job may write to the repository, and only the attesting ones may sign', () => {
    const may = (permission: string) =>
      Object.entries(release.jobs).filter(([, { permissions }]) => permissions[permission] === 'write').map(([id]) => id);
    expect(may('contents')).toEqual(['release']);
    expect(may('id-token')).toEqual(['attest-tests', 'attest-release']);
    expect(workflows.filter(({ file, jobs }) => !file.includes('release') && Object.values(jobs).some(
      ({ permissions }) => Object.values(permissions).includes('write'),
    ))).toEqual([]);
  });

  test('the tag needs every other job, and no condition can let it run without them', () => {
    expect(allNeeds('release', release.jobs).toSorted()).toEqual(Object.keys(release.jobs).filter((id) => id !== 'release').toSorted());
    expect(Object.entries(release.jobs).filter(([, job]) => job.if !== undefined).map(([id]) => id)).toEqual(['gate']);
    expect(release.jobs['release']?.steps.filter((step) => step.if !== undefined)).toEqual([]);
  });

  test('builds, verifies, requires and attests the same platforms', () => {
    const scope = { failed: false, contexts: { inputs: { platforms: verify.on.workflow_call?.inputs['platforms']?.default ?? '' } } };
    const listed = (job: { strategy?: Parameters<typeof legsOf>[0]['strategy'] } | undefined) =>
      legsOf({ strategy: job?.strategy }, scope).map((leg) => leg['platform']);
    expect(listed(release.jobs['build'])).toEqual(platforms);
    expect(listed(verify.jobs['verify'])).toEqual(platforms);
    expect(listed(release.jobs['attest-tests'])).toEqual(platforms);
    expect(
      gateOptions(scriptOf(release.jobs['gate']?.steps.find(({ id }) => id === 'gate'))),
    ).toContain(`--require ${platforms.join(',')}`);
    for (const platform of platforms) expect(verify.jobs['verify']?.['runs-on']).toContain(`'${platform}' && '`);
  });

  test('hands the action inputs that it has', () => {
    const step = verify.jobs['verify']?.steps.find(({ uses }) => uses === './.frostgate');
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step?.with ?? {})));
    expect(step?.with).toHaveProperty('binary');
  });
});

/** What a gate is asked, with the CI's own names for the commit and the contract made equal. */
function gateOptions(script: string): string {
  const command = /npm run gate.*?"\$\{artifacts\[@\]\}"/s.exec(script)?.[0] ?? '';
  const equal = command.replaceAll(/\\\n\s*/g, '').replaceAll(/\$(?:GITHUB_SHA|CI_COMMIT_SHA|GIT_COMMIT)/g, '$COMMIT').replaceAll(
    '"$CONTRACT"', 'fixtures/agent-runner/worker-contract.yaml',
  );
  return equal.replace('--report-dir judged ', '');
}

describe('GitLab and Jenkins do the same', () => {
  const script = (job: string) => gitlab.jobs.get(job)?.script ?? [];

  test('on the same platforms', () => {
    expect(gitlab.legs.map((leg) => leg['PLATFORM'])).toEqual(platforms);
    expect(gitlab.legs.filter((leg) => leg['SUFFIX'] !== '').map((leg) => leg['PLATFORM'])).toEqual(['windows-amd64']);
    const listed = [
      ...readFileSync(at('Jenkinsfile'), 'utf8').matchAll(/(?:values |in \[)('linux-amd64'.*?)(?:\]|$)/gm),
    ].map(([, list = '']) => list.split(', ').map((name) => name.slice(1, -1)));
    expect(listed).toEqual([platforms, platforms]);
  });

  test('the gate is asked the same', () => {
    const asked = gateOptions(scriptOf(release.jobs['gate']?.steps.find(({ id }) => id === 'gate')));
    expect(asked).toContain('--commit "$COMMIT" --contract fixtures/agent-runner/worker-contract.yaml');
    expect(gateOptions(script('gate').join('\n'))).toBe(asked);
    expect(gateOptions((jenkins.get('Gate') ?? []).join('\n'))).toBe(asked);
  });

  test('Jenkins runs the lines of GitLab, which the local run has run', () => {
    const clean = (stage: string) => (jenkins.get(stage) ?? []).filter((line) => line !== 'git clean -ffdx');
    const same = (lines: readonly string[]) =>
      lines.map((line) => line.trim().replaceAll('$CI_COMMIT_SHA', '$GIT_COMMIT').replaceAll('CI_COMMIT_BRANCH', 'BRANCH_NAME'));
    expect(clean('Request')).toEqual(same(script('request')));
    expect(clean('Build')).toEqual(same(script('build')));
    expect(clean('Verify')).toEqual(same(script('verify')));
    expect(clean('Gate')).toEqual(same(script('gate')));
    expect(clean('Release')[0]).toBe(script('release')[0]);
  });

  test('no release without the gate', () => {
    expect(gitlab.stages.indexOf('gate')).toBeLessThan(gitlab.stages.indexOf('release'));
    expect([...gitlab.jobs].filter(([, job]) => job.when === 'always').map(([name]) => name)).toEqual(['gate']);
    expect([...jenkins.keys()].indexOf('Gate')).toBeLessThan([...jenkins.keys()].indexOf('Release'));
  });
});
