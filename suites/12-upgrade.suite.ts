import { CouldNotJudge } from '../harness/model/errors.ts';
import { check } from '../harness/stage/check.ts';
import type { CheckContext } from '../harness/stage/check-context.ts';
import { NotApplicable } from '../harness/stage/outcome.ts';
import { runContext } from '../harness/stage/run-context.ts';
import { judgeUpgrade } from '../harness/stage/upgrade/judge-upgrade.ts';
import { back, forward } from '../harness/stage/upgrade/upgrades.ts';

// The last release and this one on one server: what one has begun, the other ends. Nothing is measured any more.

const { previous, contract } = runContext();
const work = { launches: 3, executions: 6 * (contract?.executions.length ?? 0) };

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
}

/** @throws {NotApplicable} where a contract leaves nothing that could move. @throws {CouldNotJudge} where it has no execution that does. */
function mustMove({ run }: CheckContext): void {
  const { registers, temporal, executions } = run.contract ?? {};
  if (registers?.workflows.length === 0) {
    throw new NotApplicable('the worker hosts activities only: what is open of its work is judged where it is stopped');
  }
  if (temporal?.deployment !== undefined) throw new NotApplicable('versions of a deployment keep their work: see upgrade.versioned');
  if (!executions?.some(({ workflow }) => workflow !== undefined)) {
    throw new CouldNotJudge('no execution of the contract runs a workflow; add one with `workflow:`');
  }
}
