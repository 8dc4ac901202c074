import { anyType } from '../harness/contract/pointers.ts';
import { plansFailure } from '../harness/contract/planned-failure.ts';
import { isRepeatable } from '../harness/contract/repeatable.ts';
import { slug } from '../harness/contract/slug.ts';
import { CheckFailed, CouldNotJudge } from '../harness/model/errors.ts';
import { familyOf } from '../harness/temporal/family.ts';
import { activityRuns, historyText, type ActivityRun } from '../harness/temporal/history.ts';
import { localRuns } from '../harness/temporal/local-activities.ts';
import { isPosted } from '../harness/temporal/post.ts';
import type { Actor } from '../harness/stage/actor.ts';
import { besideItself, single } from '../harness/stage/beside-itself.ts';
import { check } from '../harness/stage/check.ts';
import type { CheckContext } from '../harness/stage/check-context.ts';
import { surveyIfAny } from '../harness/stage/compared.ts';
import { differing } from '../harness/stage/differing.ts';
import { drive, wentWell, type Driven } from '../harness/stage/drive.ts';
import { everyExecution, someOfEach } from '../harness/stage/every-execution.ts';
import { compare } from '../harness/stage/expectation.ts';
import { asFromSource, oneOfSpoilt, wrongIn } from '../harness/stage/from-source.ts';
import { frozenOf, subject } from '../harness/stage/frozen.ts';
import { NotApplicable } from '../harness/stage/outcome.ts';
import { mustBeNone } from '../harness/stage/must-be-none.ts';
import { keepOwnStarts } from '../harness/stage/own-starts.ts';
import { endsWell, mayTakeMs } from '../harness/stage/plan.ts';
import { recording } from '../harness/stage/recorded.ts';
import { requestFailures } from '../harness/stage/requests.ts';
import { runContext } from '../harness/stage/run-context.ts';
import { keptFromSource, unpackedFiles } from '../harness/stage/state.ts';
import { beginEarly } from '../harness/stage/stops-begun.ts';
import { atOnce, judgeOverlap } from '../harness/stage/side-by-side.ts';
import { failTogether } from '../harness/stage/together.ts';
import { wholeText } from '../harness/stage/whole-text.ts';

const plans = runContext().contract?.executions ?? [];

for (const plan of plans) {
  check(`execution.${slug(plan.name)}`, async (context) => {
    const { worker, evidence, value, compares } = context;
    const actor = await worker();
    const execution = await drive(actor, plan);
    compares(1, 'execution');
    value(Math.round(execution.durationMs), 'ms');
    const difference = compare(plan, execution);
    if (difference === undefined) return evidence('history', 'history.json', historyText(execution.events));
    await keepTelling(context, actor, execution);
    throw new CheckFailed(difference.sentence, difference.difference);
  });
}

/** Keeps what may tell why an execution went wrong. */
async function keepTelling(context: CheckContext, { launch }: Actor, { events, fromLine }: Driven): Promise<void> {
  context.evidence('history', 'history.json', historyText(events));
  context.evidence('output of the worker since then', 'output.log', launch.output.text(fromLine));
  await keepOwnStarts(context, launch);
}

check('execution.every-activity', async (context) => {
  const actor = await context.use(everyExecution);
  const driven = await Promise.all(plans.map((plan) => drive(actor, plan).catch(() => undefined)));
  const unknown = plans.filter((_, index) => driven[index] === undefined).map(({ name }) => name);
  const families = await Promise.all(driven.flatMap((done) => (done === undefined ? [] : [familyOf(actor.client, done.events)])));
  const runs: readonly Pick<ActivityRun, 'type' | 'closed'>[] = families.flat().flatMap((events) => [
    ...activityRuns(events).filter((run) => isPosted(actor.post, run.taskQueue)),
    ...localRuns(events).map(({ type, failure }) => ({ type, closed: failure === undefined ? 'completed' as const : 'failed' as const })),
  ]);
  const promised = (context.run.contract?.registers.activities ?? []).filter((type) => type !== anyType);
  const unscheduled = promised.filter((type) => !runs.some((run) => run.type === type));
  const broken = promised.filter(
    (type) => runs.some((run) => run.type === type) && !runs.some((run) => run.type === type && run.closed === 'completed'),
  );
  if (broken.length + unscheduled.length > 0 && unknown.length > 0) {
    const missing = [...broken, ...unscheduled].join(', ');
    throw new CouldNotJudge(`activity ${missing} may complete in "${unknown[0]}", which could not be judged: see its own check`);
  }
  if (broken.length > 0) {
    // Why it did not stands there, for this check as for the one of its execution.
    const told = driven.find((done) => activityRuns(done?.events ?? []).some(({ type }) => type === broken[0]));
    if (told !== undefined) await keepTelling(context, actor, told);
    throw new CheckFailed(`activity ${broken.join(', ')} never completed in any execution`, { expected: 'each of ' +
      `${promised.join(', ')} completes at least once`, got: `${broken.join(', ')} did not` });
  }
  if (unscheduled.length > 0) {
    throw new CouldNotJudge(`no execution of the contract runs activity ${unscheduled.join(', ')}; add one, for example with ` +
      `\`activity: ${unscheduled[0]}\``);
  }
  context.compares(promised.length === 0 ? 1 : runs.length, promised.length === 0 ? 'empty list of activities' : 'runs of activities');
  context.note(`${promised.length} activities, ${runs.length} runs`);
});

const completing = plans.filter(endsWell);

/** So many are run at once where the contract promises no number, and answers are held for so long for that. */
const unpromised = { count: 5, heldMs: 5_000 };

/** Answers that are held back find what mixes executions up whenever it does; those that come at once find what needs a race. */
const isQuick = runContext().profile === 'quick';
const rounds = isQuick ? ['last'] as const : ['last', 'first', 'at once'] as const;

/** So many of each kind are run beside the others. */
const ofEach = isQuick ? 2 : 3;

check('execution.concurrent', async (context) => {
  if (completing.length === 0) throw new CouldNotJudge('the contract has no execution that is expected to complete');
  if (completing.every(({ concurrency }) => concurrency === 1) && plans.filter(isRepeatable).length < 2) {
    throw new NotApplicable('the contract promises that no execution runs beside another one');
  }
  if (isQuick) beginEarly(context, 'longest');
  const actor = await context.worker();
  const chosen = await besideItself(actor, completing);
  const notes: string[] = [];
  const unjudged: string[] = [];
  let [room, compared] = [1, 0];
  for (const plan of chosen) {
    if (await wentWell(actor, plan) === undefined) {
      unjudged.push(`"${plan.name}", which promises to run beside itself, does not go well alone: see its own check`);
      continue;
    }
    const kind = await differing(actor, plan);
    const { concurrency: promised } = plan;
    if (!kind.repeats) {
      const why = `"${plan.name}" was not run beside itself: ${actor.launch.exit === undefined
        ? 'it does not go well a second time; put {n} into its input and expect' : 'the worker has ended, see the checks before'}`;
      (promised === undefined ? notes : unjudged).push(why);
      continue;
    }
    const count = promised ?? unpromised.count;
    const heldMs = promised === undefined ? unpromised.heldMs : mayTakeMs(plan, actor.limits, 'beside others') / 2;
    const peaks: number[] = [];
    let asSource: string | undefined;
    for (const answers of rounds) {
      const roundOn = (worker: Actor) => atOnce(worker, Array.from({ length: count }, () => single(worker, kind)), { answers, heldMs });
      const round = await roundOn(actor);
      const wrong = await wrongIn(actor, round, 'executions at once');
      compared += round.done.length;
      asSource = wrong && await asFromSource(context, actor, wrong, roundOn);
      if (asSource !== undefined) break;
      const unseen = promised === undefined || peaks.length > 0 ? undefined : judgeOverlap(kind, round, actor.post);
      if (unseen) notes.push(unseen);
      peaks.push(round.peak);
    }
    if (asSource !== undefined) {
      notes.unshift(asSource);
      continue;
    }
    room = Math.max(room, ...peaks);
    const inputs = kind.differs ? 'each with its own input' : 'all with the same input and answer: put {n} into input, llm and expect';
    notes.unshift(`${count} at once of "${plan.name}", ${Math.max(...peaks)} of them in the middle of an activity; ${inputs}`);
  }
  const mixed = await someOfEach(actor, await oneOfSpoilt(context, plans), ofEach);
  if (mixed.length > 1) {
    const roundOn = (worker: Actor) => atOnce(worker, mixed, { answers: 'last', heldMs: unpromised.heldMs, enough: room });
    const round = await roundOn(actor);
    const wrong = await wrongIn(actor, round, 'executions of different kinds at once');
    compared += round.done.length;
    notes.push((wrong && await asFromSource(context, actor, wrong, roundOn)) ?? `${mixed.length} of all kinds beside each other`);
  }
  if (unjudged.length > 0) throw new CouldNotJudge(unjudged.join('; '));
  if (compared === 0) throw new CouldNotJudge(`no execution was run beside another one: ${notes.join('; ') || 'none goes well alone'}`);
  context.compares(compared, 'executions beside others');
  context.note(notes.join('; '));
}, { work: { launches: 2, executions: 12 * Math.max(plans.length, 10) } });

check('execution.requests', async (context) => {
  const asking = plans.filter(({ llm }) => llm.length > 0);
  if (asking.length === 0) throw new NotApplicable('no execution of the contract asks a model');
  const actor = await context.use(everyExecution);
  const alone = await Promise.all(asking.map(async (plan) => ({ plan, done: await wentWell(actor, plan) })));
  const well = alone.flatMap(({ plan, done }) => (done === undefined ? [] : [{ plan, done }]));
  if (well.length === 0) throw new CouldNotJudge('no execution that asks the model goes well alone: see the checks of the executions');
  const failures = well.flatMap(({ done }) => requestFailures(done, actor, context.run.contract));
  const answering = well.filter(({ plan }) => endsWell(plan) && !plan.llm.some((reply) => 'error' in reply));
  const kinds = [...Map.groupBy(answering, ({ plan: { workflow, activity } }) => workflow ?? activity).values()];
  const whole: (boolean | CheckFailed)[] = [];
  for (const [first] of kinds) if (first) whole.push(await wholeText(actor, first.plan));
  failTogether([...failures, ...whole.filter((each) => each instanceof CheckFailed)]);
  const asked = well.reduce((sum, { done }) => sum + (done.asked?.length ?? 0), 0);
  context.compares(asked, 'requests');
  context.note(`${asked} requests of ${well.length} executions; ${whole.includes(true) ? 'non-ASCII text arrives and comes back whole'
    : 'non-ASCII text was not looked for: no text of an input that goes to the model may be any text'}`);
}, { work: { executions: plans.length * 3 } });

check('execution.state', async (context) => {
  const { bundle, compare: inside } = await frozenOf(context);
  if (bundle.options.some((option) => option.startsWith('pyi-runtime-tmpdir'))) {
    throw new NotApplicable('it unpacks into a folder of its own (runtime_tmpdir), whatever TMPDIR says');
  }
  const { launch } = await context.use(everyExecution);
  context.compares(bundle.entries.length, 'files of the archive');
  if (bundle.kind === 'one-dir') return context.note('it unpacks nothing: what it writes beside its code stays there');
  const files = unpackedFiles(launch);
  if (files === undefined) throw new CouldNotJudge('the folder that it unpacked is gone with it: see the checks of the executions');
  const written = inside.writtenInside(bundle, files);
  if (written.length === 0) return context.note('nothing was written into the folder that it unpacks');
  const { baseline } = context.run;
  const survey = await surveyIfAny(context);
  // From source the same executions must have been run for their files to be there.
  if (baseline !== undefined) await context.use(recording);
  const kept = keptFromSource(written, baseline === undefined ? [] : [baseline.directory, ...(survey?.sourceFolders ?? [])]);
  mustBeNone(context, inside.lostState(kept, 'from source'), {
    one: 'what it keeps beside its code is lost', many: 'what it keeps beside its code is lost',
    expected: 'what the source keeps from one start to the next',
  });
  context.found(inside.lostState(written, 'nowhere'));
  context.note(`${written.length} files were written into the folder that it unpacks, and nothing says that they are to be kept`);
}, { work: { launches: 2, executions: 2 * plans.length } });

/**
 * @throws {CouldNotJudge} where what was read of the executable speaks for it that failures go wrong in it.
 * @throws {NotApplicable} where nothing does.
 */
async function mayHaveNoFailure(context: CheckContext): Promise<never> {
  const { mentions } = await context.use(subject);
  const frozen = await frozenOf(context).catch(() => undefined);
  const risks = frozen && mentions ? frozen.compare.closedSandbox(frozen.bundle, mentions) : [];
  const none = 'the contract has no execution that is expected to fail (expect.failure)';
  if (risks[0] === undefined) throw new NotApplicable(none);
  throw new CouldNotJudge(`${none}, and failures may lose their type in this executable: ${risks[0].line}. Add the runtime hook that ` +
    '`frostgate explain TW-18` shows, or an execution that must fail, for example with an input that the worker refuses');
}

check('execution.failure', async (context) => {
  const ending = plans.filter(({ expect: { failure } }) => failure !== undefined);
  // A refused update says how failures are told only where no execution fails: what else goes wrong in it is told by its own check.
  const failing = ending.length > 0 ? ending : plans.filter(plansFailure);
  if (failing.length === 0) await mayHaveNoFailure(context);
  const actor = await context.worker();
  const unjudged: string[] = [];
  for (const plan of failing) {
    const execution = await drive(actor, plan).catch(() => undefined);
    if (execution === undefined) {
      unjudged.push(`"${plan.name}" could not be judged: see its own check`);
      continue;
    }
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
  const judged = failing.length - unjudged.length;
  if (judged === 0) throw new CouldNotJudge(unjudged.join('; '));
  context.compares(judged, 'planned failures');
  context.note([`${judged} planned failures keep type and flag`, ...unjudged].join('; '));
});
