import { CheckFailed, CouldNotJudge } from '../harness/model/errors.ts';
import { check } from '../harness/stage/check.ts';
import { endings } from '../harness/stage/endings.ts';
import { amountOf } from '../harness/stage/endurance/amount.ts';
import { endurance } from '../harness/stage/endurance/endurance.ts';
import { judged, looksText } from '../harness/stage/endurance/faults.ts';
import { heldBy, seenFrom } from '../harness/stage/endurance/leaks.ts';
import { lostLines, saidAtStops } from '../harness/stage/endurance/log.ts';
import { launches } from '../harness/stage/launches.ts';
import { runContext } from '../harness/stage/run-context.ts';

// The last thing before measuring begins: until then one launch stands idle. It works, hundreds of times, and is stopped.

check('execution.endurance', async ({ run, use, evidence, note, endured, compares }) => {
  const { contract } = run;
  if (contract === undefined) throw new CouldNotJudge('it needs a contract');
  const seen = await use(endurance);
  const { ids, idleMs, looks, trouble, actor, left, sdk } = seen;
  const rest = idleMs === undefined ? '' : ` after ${(idleMs / 60_000).toFixed(1)} min idle`;
  note(`${ids.length} executions${rest}; ${seenFrom(heldBy(looks, contract.budgets.leak, sdk))}` +
    left.map((why) => `; not repeated: ${why}`).join(''));
  compares(ids.length, 'executions');
  endured({ executions: ids.length, idleMs: Math.round(idleMs ?? 0) });
  evidence('what the worker held after so many executions', 'looks.txt', looksText(seen));
  const lost = lostLines(seen, saidAtStops(seen, await use(launches), await use(endings), run));
  const { faults, open } = await judged(seen, lost, contract, run.emulation);
  const [first] = faults;
  if (first !== undefined) {
    if (trouble !== undefined) evidence('history of the execution that went wrong', 'history.json', trouble.history);
    evidence('output of the worker', 'output.log', actor.launch.output.text());
    throw new CheckFailed(faults.map(({ sentence }) => sentence).join('; '), {
      expected: [...new Set(faults.map(({ expected }) => expected))].join('; '),
      got: faults.map(({ got }) => got).join('\n'),
      remedy: [...new Set(faults.map(({ remedy }) => remedy))].join('; '),
    });
  }
  if (open.length > 0) throw new CouldNotJudge(`${ids.length} executions leave it open: ${open.join('; ')}`);
}, { work: { executions: amountOf(runContext()).most } });
