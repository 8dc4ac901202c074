import { isOneAtATime } from '../harness/contract/one-at-a-time.ts';
import { CouldNotJudge } from '../harness/model/errors.ts';
import { check } from '../harness/stage/check.ts';
import type { CheckContext } from '../harness/stage/check-context.ts';
import { launches } from '../harness/stage/launches.ts';
import { NotApplicable } from '../harness/stage/outcome.ts';
import { beginAnew } from '../harness/stage/replay/anew.ts';
import { past } from '../harness/stage/replay/closed.ts';
import { interruptible } from '../harness/stage/replay/interrupted.ts';
import { judgeRefusals, judgeReplays, readyAfter } from '../harness/stage/replay/judged.ts';
import { otherSurroundings } from '../harness/stage/replay/other-surroundings.ts';
import { often, once, replayAll } from '../harness/stage/replay/replays.ts';
import { takeOver } from '../harness/stage/replay/taken-over.ts';
import { more, varying } from '../harness/stage/replay/varying.ts';
import { tracedLaunch } from '../harness/stage/traced-launch.ts';
import { tellsByQuery } from '../harness/temporal/replay.ts';

// Launches on the queue of one that has ended: after those checks that ask who polls a queue, before those that judge every stop.

check('execution.replay', async (context) => {
  const watched = besideIt(context);
  // Where two launches cannot run at once it comes first: those of this check stay until its end.
  if (isOneAtATime(context.run.contract)) await watched;
  try {
    await replay(context);
  } finally {
    await watched;
  }
}, { work: { launches: 3 + more } });

/** What is watched call by call waits until nothing is measured, and then fills the gaps of this check; its own checks are told. */
async function besideIt({ use, run: { eyes, only } }: CheckContext): Promise<void> {
  if (eyes.syscalls === undefined && only.length === 0) await use(tracedLaunch).catch(() => {});
}

async function replay(context: CheckContext): Promise<void> {
  const { use, run: { contract, profile }, launch, evidence, note, signal } = context;
  const plans = (contract?.executions ?? []).filter(({ workflow }) => workflow !== undefined);
  if (contract === undefined || contract.registers.workflows.length === 0) {
    throw new NotApplicable('the worker hosts activities only: whoever calls them replays');
  }
  if (plans.length === 0) throw new CouldNotJudge('no execution of the contract runs a workflow; add one with `workflow:`');
  const { actor, runs, sdk } = await past(await use(launches), plans);
  const environment = otherSurroundings(contract);
  const surroundings = Object.entries(environment).map((entry) => entry.join('=')).join(', ');
  const different = varying((await use(launches)).all);
  const doubtful = runs.filter(({ plan }) => plan !== undefined && different.includes(plan));
  for (let process = 0; doubtful.length > 0 && process < more; process += 1) {
    // One after the other: whoever polls the queue may be the one who answers.
    const next = await launch({ after: actor, environment });
    await readyAfter(next, 'a clean stop');
    await judgeReplays(await replayAll(next, doubtful, once, signal), { worker: next, surroundings, evidence });
    await next.dispose();
  }
  const worker = await launch({ after: actor, environment });
  await readyAfter(worker, 'a clean stop');
  const replays = await replayAll(worker, runs, often, signal);
  const situation = { worker, surroundings, evidence };
  await judgeReplays(replays, situation);
  await judgeRefusals(replays, plans, situation);
  context.compares(runs.length, 'closed histories');
  const told = sdk !== undefined && tellsByQuery(sdk.name);
  const closed = told
    ? `${runs.length} closed histories replayed by another process`
    : await beginAnew(worker, runs, situation.surroundings, context);
  const after = profile === 'quick' && told ? [] : [await takeOver(worker, interruptible(plans), replays, context)];
  const repeated = doubtful.length === 0 ? [] : [`${more} processes more replay what launches did not do alike`];
  const open = plans.filter(({ name }) => !runs.some(({ plan }) => plan === name));
  const left = open.map(({ name }) => `not looked for: "${name}", which did not come to its end, as its own check tells`);
  note([closed, ...repeated, ...after, ...left, 'not looked for: random arguments, results and times'].join('; '));
}
