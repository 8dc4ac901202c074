import { slug } from '../harness/contract/slug.ts';
import { CheckFailed, CouldNotJudge } from '../harness/model/errors.ts';
import { cameBeforeEnd } from '../harness/system/wait.ts';
import { activityRuns, historyText } from '../harness/temporal/history.ts';
import type { Actor } from '../harness/stage/actor.ts';
import { check } from '../harness/stage/check.ts';
import type { CheckContext } from '../harness/stage/check-context.ts';
import { drive, mustGoWell } from '../harness/stage/drive.ts';
import { compare } from '../harness/stage/expectation.ts';
import { runContext } from '../harness/stage/run-context.ts';

const plans = runContext().contract?.executions ?? [];

for (const plan of plans) {
  check(`execution.${slug(plan.name)}`, async ({ worker, evidence, value }) => {
    const actor = await worker();
    const execution = await drive(actor, plan);
    value(Math.round(execution.durationMs), 'ms');
    evidence('history', 'history.json', historyText(execution.events));
    const difference = compare(plan, execution);
    if (difference === undefined) return;
    evidence('output of the worker since then', 'output.log', actor.launch.output.text(execution.fromLine));
    throw new CheckFailed(difference.sentence, difference.difference);
  });
}

async function driveAll({ worker }: CheckContext): Promise<Actor> {
  const actor = await worker();
  for (const plan of plans) await drive(actor, plan);
  return actor;
}

check('execution.every-activity', async (context) => {
  const actor = await driveAll(context);
  const runs = actor.executions.flatMap((execution) => activityRuns(execution.events)).filter(
    (run) => run.taskQueue === actor.post.taskQueue,
  );
  const promised = context.run.contract?.registers.activities ?? [];
  const unscheduled = promised.filter((type) => !runs.some((run) => run.type === type));
  const broken = promised.filter(
    (type) => runs.some((run) => run.type === type) && !runs.some((run) => run.type === type && run.closed === 'completed'),
  );
  if (broken.length > 0) {
    throw new CheckFailed(`activity ${broken.join(', ')} never completed in any execution`, { expected: 'each of ' +
      `${promised.join(', ')} completes at least once`, got: `${broken.join(', ')} did not` });
  }
  if (unscheduled.length > 0) {
    throw new CouldNotJudge(`no execution of the contract runs activity ${unscheduled.join(', ')}; add one, for example with ` +
      `\`activity: ${unscheduled[0]}\``);
  }
  context.note(`${promised.length} activities, ${runs.length} runs`);
});

const overlapping = 5;

check('execution.concurrent', async ({ worker, signal, evidence, note }) => {
  const actor = await worker();
  const plan = plans.find(
    (candidate) => candidate.expect.failure === undefined && candidate.llm.length > 0,
  ) ?? plans.find((candidate) => candidate.expect.failure === undefined);
  if (plan === undefined) throw new CouldNotJudge('the contract has no execution that is expected to complete');
  await mustGoWell(actor, plan);
  actor.llm.hold();
  const handles = await Promise.all(Array.from({ length: overlapping }, () => actor.begin(plan, 'turn')));
  const together = await cameBeforeEnd('all of them to ask the model', () => actor.llm.waiting >= overlapping || undefined, {
    deadlineMs: plan.llm.length > 0 ? 5_000 : 0, signal,
  });
  actor.llm.release();
  const executions = await Promise.all(handles.map((handle) => actor.finish(handle)));
  const differences = executions.flatMap((execution) => compare(plan, execution) ?? []);
  note(together ? `${overlapping} at once, all in the middle of an activity` : `${overlapping} at once`);
  if (differences[0] !== undefined) {
    executions.forEach((execution) => evidence('history', 'history.json', historyText(execution.events)));
    throw new CheckFailed(`${differences.length} of ${overlapping} executions at once went wrong: ` +
      differences[0].sentence, differences[0].difference);
  }
});

check('execution.failure', async (context) => {
  const failing = plans.filter((plan) => plan.expect.failure !== undefined);
  if (failing.length === 0) throw new CouldNotJudge('the contract has no execution that is expected to fail; add one with ' +
    'expect.failure, since failures break in their own way when frozen');
  const actor = await context.worker();
  for (const plan of failing) {
    const execution = await drive(actor, plan);
    const failedTask = execution.events.find((event) => event.workflowTaskFailedEventAttributes);
    const difference = compare(plan, execution);
    if (difference === undefined && failedTask === undefined) continue;
    context.evidence('history', 'history.json', historyText(execution.events));
    const task = failedTask?.workflowTaskFailedEventAttributes?.failure?.message;
    throw new CheckFailed(`"${plan.name}": ${difference?.sentence ?? 'a workflow task failed on the way'}`, {
      ...(difference?.difference ?? { expected: 'a failed execution, without a failed workflow task' }),
      ...(task ? { got: `workflow task failed: ${task}` } : {}),
    });
  }
  context.note(`${failing.length} planned failures keep type and flag`);
});
