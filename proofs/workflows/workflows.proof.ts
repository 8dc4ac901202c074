import { join } from 'node:path';
import { beforeAll, expect } from 'vitest';
import { contractText } from '../../harness/gate/sample.testing.ts';
import { platforms } from '../../harness/model/platforms.ts';
import { platformId } from '../../harness/system/platform.ts';
import { build } from '../support/command.ts';
import { test as base } from '../support/proof.ts';
import { runWorkflow, type Ended, type World } from './run-workflow.ts';
import { scenarios, type Scenario } from './scenarios.ts';
import { built, goodReport, publish, sized } from './stand-in.ts';
import { commit, contractFile, copyPast, released, snapshot, worldIn } from './world.ts';

// Runs the release workflow's own steps on this machine: every `run:` line of every job, in a fresh checkout. The executables have real
// headers and good reports; where a scenario has a sabotaged one, that is verified in earnest, on this machine's platform. What a release
// is compared with is what the same workflow has published before.

const workflow = '.github/workflows/release.yml';

type Place = { readonly folder: string; readonly signal: AbortSignal };

/** The world of a scenario, for its earlier version or this one. */
async function newWorld(
  { before: [wanted, happens] = ['', () => {}], reports, sabotage, sized: executables }: Scenario, version: string,
  { folder, signal }: Place,
): Promise<World> {
  const isHere = (platform: string | undefined) => platform === platformId();
  const begun = new Set<string>();
  const executable = executables?.[version === '1.0.0' ? 1 : 0] ?? (sabotage && `sabotaged/dist/${sabotage}`);
  const world: World = await worldIn(folder, {
    signal,
    before: (job) => {
      if (job === wanted && !begun.has(job)) happens(join(folder, 'artifacts'));
      begun.add(job);
    },
    replaces: async (step, at) => {
      const { platform } = at.leg;
      if (step === 'build') built(at, version, isHere(platform) ? executable : undefined);
      if (step !== 'verify' || platform === undefined || (isHere(platform) && sabotage !== undefined)) return step === 'build';
      const good = goodReport(at, version, world.commit);
      const { report, told } = isHere(platform) && executables !== undefined && at.given['previous']
        ? await sized(good, at, signal) : { report: reports?.(platform, good) ?? good, told: '' };
      await publish(report, at);
      if (report.verdict.outcome !== 'pass') throw new Error(told);
      return true;
    },
  });
  return world;
}

/** Releases version 0.9.0 by the same workflow: the folder then holds the repository as it is for the next one, and what was published. */
async function releaseEarlier({ promisedBefore, sized: executables }: Scenario, place: Place): Promise<void> {
  const earlier = (contract: string) => (promisedBefore?.(contract) ?? contract).replace('version: 1.0.0', 'version: 0.9.0');
  await commit(place.folder, { [contractFile]: earlier });
  const world = await newWorld({ name: 'earlier', ...(executables && { sized: executables }), jobs: {}, says: [] }, '0.9.0', place);
  const results = await runWorkflow(world, workflow, { version: '0.9.0' });
  expect(unsuccessful(results), world.said.join('\n')).toEqual({});
  await commit(place.folder, { [contractFile]: () => contractText });
}

const unsuccessful = (results: Readonly<Record<string, Ended>>): Record<string, string> => (
  Object.fromEntries(Object.entries(results).map(([job, { result }]) => [job, result]).filter(([, result]) => result !== 'success'))
);

const test = base
  .extend('original', { scope: 'file' }, async ({ shared }) => {
    await snapshot(join(shared, 'original'), contractText);
    return join(shared, 'original');
  })
  // Most are compared with the same one.
  .extend('earlier', { scope: 'file' }, async ({ shared, original }) => {
    const made = new Map<string, Promise<string>>();
    return async (scenario: Scenario, signal: AbortSignal): Promise<string> => {
      const key = JSON.stringify([scenario.promisedBefore?.(contractText), scenario.sized?.[0]]);
      const folder = join(shared, `earlier-${made.size}`);
      const make = async (): Promise<string> => {
        copyPast(original, folder);
        await releaseEarlier(scenario, { folder, signal });
        return folder;
      };
      made.set(key, made.get(key) ?? make());
      return await (made.get(key) ?? folder);
    };
  });

beforeAll(async () => await build('sabotaged', AbortSignal.timeout(900_000)), 900_000);

test.for(scenarios)('$name', { timeout: 600_000 }, async (scenario, { folder, original, earlier, signal }) => {
  copyPast(scenario.promisedBefore === undefined ? original : await earlier(scenario, signal), folder);
  const world = await newWorld(scenario, '1.0.0', { folder, signal });
  scenario.published?.(join(folder, 'releases/v0.9.0'));
  const results = await runWorkflow(world, workflow, { version: scenario.version ?? '1.0.0' });
  const said = world.said.join('\n');
  const jobs = unsuccessful(results);
  expect(jobs, said).toEqual(scenario.jobs);
  for (const pattern of scenario.says) expect(said).toMatch(pattern);
  expect(await released(world), said).toEqual(Object.keys(jobs).length === 0 ? ['refs/tags/v1.0.0 the commit', ...platforms] : []);
  // Each platform's tests, and provenance and verdict of all; nothing is signed about what the gate did not let through.
  const signed = scenario.signed ?? (results['gate']?.result === 'success' ? platforms.length + 2 : 0);
  expect(world.signed.length, said).toBe(signed);
  expect(world.signed.filter((line) => line.includes('"result":"PASSED"')).length).toBe(Math.max(0, signed - 2));
});
