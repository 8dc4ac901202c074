import { CheckFailed, CouldNotJudge } from '../../model/errors.ts';
import { plainName } from '../../system/plain-name.ts';
import { cameBeforeEnd } from '../../system/wait.ts';
import { makeCurrent, queuesOfVersion, versionsOf } from '../../temporal/deployment.ts';
import { ended } from '../../temporal/ready.ts';
import type { Actor } from '../actor.ts';
import { launches } from '../launches.ts';
import { faultOf } from '../regression/arms.ts';
import { previousOf } from '../regression/last-release.ts';
import { fixture } from '../scope.ts';

/** One release as a version of the deployment. */
export type Version = { readonly actor: Actor; readonly buildId: string };

/** Both releases, side by side on one server as two versions of one deployment; the last one is current. */
export type Versions = { readonly deployment: string; readonly previous: Version; readonly subject: Version };

/**
 * Launches both. @throws {CouldNotJudge} where the last release is no version, or of the same build id. @throws {CheckFailed} where the
 * executable is none.
 */
export const versionsBeside = fixture('versions beside', async ({ run, use, signal }): Promise<Versions> => {
  previousOf(run);
  const deployment = run.contract?.temporal.deployment;
  if (deployment === undefined) throw new CouldNotJudge('the contract names no deployment');
  const all = await use(launches);
  await all.mustStart();
  const { name } = deployment;
  const isFixed = typeof deployment.buildId === 'object';
  const old = await all.start({ variant: 'previous', keepsSite: true });
  try {
    await ready(old, 'previous', signal);
    const [before] = await polledVersions(old, name, isFixed ? undefined : [old.buildId]);
    if (before === undefined) throw new CouldNotJudge(`the last release (--previous) does not poll as a version of deployment ${name}`);
    if (before !== old.buildId) await makeCurrent(old.site, name, before);
    const next = await all.start({ variant: 'subject', heirOf: old, version: isFixed ? old.buildId : plainName() });
    await ready(next, 'subject', signal);
    if (before === next.buildId) {
      throw new CouldNotJudge(`both call themselves version ${name}:${before}, so that neither can be told from the other: give each ` +
        'release a build id of its own');
    }
    const [after] = await polledVersions(next, name, [next.buildId]);
    if (after === undefined) {
      const known = [before, next.buildId].map((buildId) => `${name}:${buildId}`);
      const others = (await versionsOf(old.site)).filter((version) => !known.includes(version));
      throw new CheckFailed(`the executable does not poll as version ${name}:${next.buildId} beside the last release`, {
        expected: `${name}:${next.buildId}`, got: others.join(', ') || 'no version that the server knows',
        remedy: 'take deployment name and build id from what the contract names (temporal.deployment), and switch worker versioning on',
      });
    }
    return { deployment: name, previous: { actor: old, buildId: before }, subject: { actor: next, buildId: after } };
  } catch (error) {
    // Of both, whoever is there; the services that they share are left by the last.
    for (const each of all.all.filter((actor) => actor.site === old.site)) await each.dispose();
    throw error;
  }
});

async function ready(actor: Actor, arm: 'subject' | 'previous', signal: AbortSignal): Promise<void> {
  await actor.readiness().catch((error: unknown) => {
    throw signal.aborted ? error : faultOf(arm, actor.launch, 'become ready', error);
  });
}

/** The versions that poll every task queue of a launch, of these or of all: the server lists them soon after their first polls. */
async function polledVersions({ site, post, launch, limits }: Actor, name: string, of?: readonly string[]): Promise<readonly string[]> {
  const look = async (): Promise<readonly string[] | undefined> => {
    const versions = await versionsOf(site);
    const ids = of ?? versions.flatMap((version) => (version.startsWith(`${name}:`) ? [version.slice(name.length + 1)] : []));
    const polled: string[] = [];
    for (const id of ids) {
      const queues = await queuesOfVersion(site, name, id);
      if (queues !== undefined && post.taskQueues.every(({ taskQueue }) => queues.includes(taskQueue))) polled.push(id);
    }
    return polled.length > 0 ? polled : undefined;
  };
  return await cameBeforeEnd('a version that polls', look, {
    deadlineMs: limits.answerMs / 3, everyMs: 100, stretch: launch.cpu.stretch(), over: () => ended(launch),
  }) ?? [];
}
