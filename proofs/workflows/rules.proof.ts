import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { platforms } from '../../harness/model/platforms.ts';
import { root } from '../support/command.ts';
import { allNeeds, evaluate, legsOf, readWorkflow, type Action, type Job, type Step } from './github.ts';

// What must hold for the CI files of this repository, read as they are.

const text = (file: string) => readFileSync(join(root, file), 'utf8');
const files = ['ci', 'release', 'verify'].map((name) => `.github/workflows/${name}.yml`);
const workflows = await Promise.all(files.map((file) => readWorkflow(root, file)));
const [, releases, verify] = workflows;
const release = releases?.jobs ?? [];
const jobs = workflows.flatMap((workflow) => workflow.jobs);
const action: Action = parse(text('action.yml'));
const steps: readonly Step[] = [...jobs.flatMap((job) => job.steps), ...(action.runs.steps ?? [])];
const gate = release.find(({ id }) => id === 'gate')?.steps.find(({ id }) => id === 'gate')?.run ?? '';

test('GitHub finds nothing wrong with them', () => {
  expect(workflows.map(({ problems }) => problems)).toEqual([[], [], []]);
});

test('every action is pinned to a commit and names its version; no script holds an expression; every job has limits', () => {
  const foreign = [...files, 'action.yml'].flatMap((file) => text(file).split('\n')).filter((line) => /^[^#]*\buses: (?!\.\/)/.test(line));
  expect(foreign.length).toBeGreaterThan(10);
  for (const line of foreign) expect(line).toMatch(/uses: [\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  expect(new Set(foreign.map((line) => line.split('uses: ')[1])).size).toBe(new Set(foreign.map((line) => line.split(/uses: |@/)[1])).size);
  expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([]);
  for (const { written } of jobs) expect(written.uses ?? written['timeout-minutes']).toBeDefined();
  for (const file of files) expect(parse(text(file))).toHaveProperty('permissions', {});
});

test('only the last job may write to the repository, and only the attesting ones may sign', () => {
  const may = (permission: string) => jobs.filter(({ written }) => written.permissions[permission] === 'write').map(({ id }) => id);
  expect([may('contents'), may('id-token')]).toEqual([['release'], ['attest-tests', 'attest-release']]);
});

test('the tag needs every other job, and no way in which they can end lets it run without all of them', () => {
  const others = release.map(({ id }) => id).filter((id) => id !== 'release');
  expect(allNeeds('release', release).toSorted()).toEqual(others.toSorted());
  const results = ['success', 'failure', 'skipped'];
  for (let ending = 0; ending < results.length ** others.length; ending += 1) {
    const needs = Object.fromEntries(others.map((id, at) => [id, { result: results[Math.floor(ending / 3 ** at) % 3] }]));
    const runs = ({ condition }: Job) => evaluate(condition, { needs }, ending > 0);
    const tag = release.find(({ id }) => id === 'release');
    expect(tag && runs(tag), JSON.stringify(needs)).toBe(ending === 0);
  }
  expect(release.find(({ id }) => id === 'release')?.steps.map(({ if: condition }) => condition).filter(Boolean)).toEqual([]);
});

test('builds, verifies, requires and attests the same platforms', () => {
  const listed = (job: Job | undefined) => (job === undefined ? [] : legsOf(job, { inputs: verify?.inputs })).map((leg) => leg['platform']);
  for (const id of ['build', 'attest-tests']) expect(listed(release.find((job) => job.id === id))).toEqual(platforms);
  expect(listed(verify?.jobs[0])).toEqual(platforms);
  expect(gateOptions(gate)).toContain(`--require ${platforms.join(',')}`);
  const given = verify?.jobs[0]?.steps.find(({ uses }) => uses === './.frostgate')?.with ?? {};
  expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
  for (const [name, { value }] of Object.entries(action.outputs)) expect(value).toBe(`\${{ steps.verify.outputs.${name} }}`);
});

/** What a gate is asked, with the CI's own names for the commit and the contract made equal. */
function gateOptions(script: string): string {
  const command = /if \[ -d last \].*?"\$\{options\[@\]\}"/s.exec(script)?.[0] ?? '';
  return command.replaceAll(/\\+\n\s*/g, '').replaceAll(/\n\s*/g, '\n').replaceAll(/\$(?:GITHUB_SHA|CI_COMMIT_SHA|GIT_COMMIT)/g, '$COMMIT')
    .replaceAll('"$CONTRACT"', 'fixtures/agent-runner/worker-contract.yaml').replace('--report-dir judged ', '');
}

const gitlab: Record<string, { script?: string[]; when?: string; parallel?: { matrix: object[] } }> = parse(text('.gitlab-ci.yml'));
const jenkins = text('Jenkinsfile');
const stage = (name: string) => jenkins.slice(jenkins.indexOf(`stage('${name}')`));

test('GitLab and Jenkins do the same on the same platforms, and ask the gate the same', () => {
  expect(gitlab['.every-platform']?.parallel?.matrix).toMatchObject(platforms.map((PLATFORM) => ({ PLATFORM })));
  const lists = [...jenkins.matchAll(/(?:values |in \[)('linux-amd64'.*?)(?:\]|$)/gm)].map(([, list]) => list?.replaceAll("'", ''));
  expect(lists).toEqual([platforms.join(', '), platforms.join(', ')]);
  expect(gateOptions(gate)).toContain('--commit "$COMMIT" --contract fixtures/agent-runner/worker-contract.yaml');
  expect([gitlab['gate']?.script?.join('\n') ?? '', stage('Gate')].map(gateOptions)).toEqual([gateOptions(gate), gateOptions(gate)]);
  for (const line of [...gitlab['request']?.script ?? [], ...gitlab['verify']?.script ?? []]) {
    expect(jenkins).toContain(`sh '${line.replace('CI_COMMIT_BRANCH', 'BRANCH_NAME')}'`);
  }
});

test('there too no release without the gate, and none of other bytes than it saw', () => {
  expect(gitlab['stages']).toEqual(['request', 'build', 'verify', 'gate', 'attest', 'release']);
  expect(Object.keys(gitlab).filter((name) => gitlab[name]?.when === 'always')).toEqual(['gate']);
  expect(jenkins.match(/(?<=stage\(')\w+/g)).toEqual(['Request', 'Platforms', 'Build', 'Verify', 'Gate', 'Release']);
  expect(stage('Release')).toContain("currentBuild.currentResult == 'SUCCESS'");
  const check = '(cd dist && sha256sum --check --strict ../SHA256SUMS)';
  expect([gitlab['release']?.script?.[0], /sh '([^']*sum[^']*)'/.exec(stage('Release'))?.[1]]).toEqual([check, check]);
});
