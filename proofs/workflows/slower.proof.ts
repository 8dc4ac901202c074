import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect } from 'vitest';
import { platforms } from '../../harness/model/platforms.ts';
import { platformId } from '../../harness/system/platform.ts';
import { copyAlike } from '../support/alike.ts';
import { asked } from '../support/asked.ts';
import { build, root } from '../support/command.ts';
import { test as base } from '../support/proof.ts';
import { runWorkflow, type Ended, type World } from './run-workflow.ts';
import { commit, contractFile, copyPast, fileOf, rename, snapshot, worldIn } from './world.ts';

// The release workflow's own steps with nothing in place of a verification: the reference is released for this machine's platform, and then
// a release is asked for that starts more slowly, and one that differs in nothing but a byte. A whole run each, ten minutes in all, on a
// machine that is fit to judge: npm run workflows -- --whole.

const workflow = '.github/workflows/release.yml';
const limitMs = 1_800_000;
const own = platformId();
const reference = join(root, 'fixtures/agent-runner/dist/agent-runner');

/** The workflows of a worker that is released for this platform only. */
const forOneOnly = (text: string): string => text.replaceAll(/^ +- \{ platform: (.*?),.*\n/gm, (line, name) => (name === own ? line : ''))
  .replaceAll(platforms.join(','), own).replaceAll(platforms.join(', '), own)
  .replaceAll(platforms.map((name) => `"${name}"`).join(', '), `"${own}"`);

/** Asks for version 1.0.0 with this executable. */
async function release(folder: string, executable: string, signal: AbortSignal): Promise<readonly [World, Record<string, Ended>]> {
  const world = await worldIn(folder, { signal, before: () => {}, replaces: async (step, { leg: { platform = '' }, workspace }) => {
    if (step !== 'build') return false;
    mkdirSync(join(workspace, 'dist'));
    cpSync(executable, join(workspace, 'dist', fileOf(platform)));
    return true;
  } });
  return [world, await runWorkflow(world, workflow, { version: '1.0.0' })];
}

const results = (ended: Readonly<Record<string, Ended>>): Record<string, string> => (
  Object.fromEntries(Object.entries(ended).map(([job, { result }]) => [job, result]))
);
const jobs = ['request', 'build', 'verify', 'gate', 'attest-tests', 'attest-release', 'release'];
const unsigned = { 'attest-tests': 'skipped', 'attest-release': 'skipped', release: 'skipped' };
const tagged = Object.fromEntries(jobs.map((job) => [job, 'success']));
const stopped = { ...tagged, verify: 'failure', gate: 'failure', ...unsigned };

const test = base.extend('last', { scope: 'file' }, async ({ shared }) => {
  await snapshot(shared, readFileSync(join(root, contractFile), 'utf8'));
  await commit(shared, { [workflow]: forOneOnly, '.github/workflows/verify.yml': forOneOnly, [contractFile]: forOneOnly });
  const [world, ended] = await release(shared, reference, AbortSignal.timeout(limitMs));
  expect(results(ended), world.said.join('\n')).toEqual(tagged);
  // The reference has one version, and so has its contract: what is asked for next is called the same.
  await rename(shared, 'v1.0.0', 'v0.9.0');
  await commit(shared, {});
  return shared;
});

describe.runIf(asked().whole)('in earnest', () => {
  beforeAll(async () => await build('regressions', AbortSignal.timeout(1_800_000)), 1_800_000);

  test('a release that starts more slowly is stopped before the tag', { timeout: 2 * limitMs }, async ({ folder, last, signal }) => {
    copyPast(last, folder);
    // Its source is in the commit: nothing is wrong with it but what its start takes.
    cpSync(join(root, 'fixtures/regressions/costly_start.py'), join(folder, 'repository/fixtures/agent-runner/costly_start.py'));
    await commit(folder, {});
    const [world, ended] = await release(folder, join(root, 'fixtures/regressions/dist/costly-start'), signal);
    const said = world.said.join('\n');
    expect(results(ended), said).toEqual(stopped);
    expect(said).toMatch(/CPU to ready +fail \+\d/);
    expect(said.match(/^ +red .*$/gm), said).toHaveLength(1);
    const [red] = /red \S+: performance\..*/.exec(said.replaceAll(/\s+/g, ' ')) ?? [];
    expect(red, said).toMatch(/failed \(beside the last release: .*(?:higher|slower)/);
    expect(said).not.toMatch(/FAIL (?!performance)\w+\./);
    expect(world.signed).toEqual([]);
  });

  test('one that differs in nothing but a byte is tagged', { timeout: 2 * limitMs }, async ({ folder, last, signal }) => {
    copyPast(last, folder);
    await copyAlike(reference, join(folder, 'agent-runner'));
    const [world, ended] = await release(folder, join(folder, 'agent-runner'), signal);
    expect(results(ended), world.said.join('\n')).toEqual(tagged);
  });
});
