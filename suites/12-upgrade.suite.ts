import { isOneAtATime } from '../harness/contract/one-at-a-time.ts';
import { CouldNotJudge } from '../harness/model/errors.ts';
import { check } from '../harness/stage/check.ts';
import type { CheckContext } from '../harness/stage/check-context.ts';
import { endings } from '../harness/stage/endings.ts';
import { NotApplicable } from '../harness/stage/outcome.ts';
import type { Plan } from '../harness/stage/plan.ts';
import { runContext } from '../harness/stage/run-context.ts';
import { judgeUpgrade } from '../harness/stage/upgrade/judge-upgrade.ts';
import { judgeVersions } from '../harness/stage/upgrade/judge-versions.ts';
import { disown } from '../harness/stage/upgrade/moved.ts';
import { back, forward } from '../harness/stage/upgrade/upgrades.ts';
import { versionsBeside } from '../harness/stage/upgrade/versions.ts';

// The last release and this one on one server: what one has begun, the other ends. Nothing is measured any more.

const { previous } = runContext();
/** Each execution alone on both, open on both, and once more where it does not go well. */
const work = { launches: 3, executions: 6 * (runContext().contract?.executions.length ?? 0) };

if (previous !== undefined) {
  check('upgrade.forward', async (context) => {
    mustMove(context);
    await judgeUpgrade(await context.use(forward), context);
  }, { work });

  check('upgrade.rollback', async (context) => {
    mustMove(context);
    const upgrade = await context.use(back);
    try {
      await judgeUpgrade(upgrade, context);
    } finally {
      await upgrade.worker.dispose();
    }
  }, { work });

  check('upgrade.versioned', async (context) => {
    const { use, run } = context;
    const deployment = run.contract?.temporal.deployment;
    if (deployment === undefined) throw new NotApplicable('the contract names no deployment: the worker is not versioned');
    if (isOneAtATime(run.contract)) throw new NotApplicable('two copies of it cannot run at once, so no two versions do');
    const plans = workflowsOf(context);
    const versions = await use(versionsBeside);
    try {
      await judgeVersions(versions, plans, await use(endings), context);
    } finally {
      disown(versions.previous.actor, versions.subject.actor);
      for (const { actor } of [versions.previous, versions.subject]) await actor.dispose();
    }
  }, { work });
}

/** @throws {NotApplicable} where versions of a deployment keep their work, and as `workflowsOf`. */
function mustMove(context: CheckContext): void {
  workflowsOf(context);
  if (context.run.contract?.temporal.deployment !== undefined) {
    throw new NotApplicable('versions of a deployment keep their work: see upgrade.versioned');
  }
}

/** @throws {NotApplicable} where a worker has no workflows. @throws {CouldNotJudge} where no execution runs one. */
function workflowsOf({ run: { contract } }: CheckContext): readonly Plan[] {
  if (contract?.registers.workflows.length === 0) {
    throw new NotApplicable('the worker hosts activities only: what is open of its work is judged where it is stopped');
  }
  const plans = (contract?.executions ?? []).filter(({ workflow }) => workflow !== undefined);
  if (plans.length === 0) throw new CouldNotJudge('no execution of the contract runs a workflow; add one with `workflow:`');
  return plans;
}
