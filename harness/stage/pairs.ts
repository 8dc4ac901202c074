import pLimit from 'p-limit';
import { baselineCommand } from '../baselines/baseline.ts';
import { isOneAtATime } from '../contract/one-at-a-time.ts';
import { pairsOf } from '../model/repeats.ts';
import { CouldNotJudge } from '../model/errors.ts';
import type { StartUp } from '../model/report.ts';
import { excusedMs, waitedSentence, type CpuUse } from '../system/cpu/cpu-use.ts';
import { Launch } from '../system/launch/launch.ts';
import { sizeOfTree } from '../system/tree.ts';
import type { Actor } from './actor.ts';
import { mustGoWell, wentWell } from './drive.ts';
import { endings } from './endings.ts';
import { limitsOf } from './limits.ts';
import { launches } from './launches.ts';
import { endsWell, type Plan } from './plan.ts';
import { becomeQuiet } from './quiet.ts';
import { recording } from './recorded.ts';
import { fixture, type Scope } from './scope.ts';
import { settledMemory } from './settled-memory.ts';
import { startMarks } from './start-marks.ts';

type Variant = 'subject' | 'baseline';

/** What one launch of one variant showed. */
export type Sample = {
  readonly variant: Variant;
  readonly marks: StartUp['marks'];
  readonly version: Taken | undefined;
  readonly ready: Taken;
  /** After one execution of the contract; not every launch is given one. */
  readonly worked?: { readonly memoryBytes: number; readonly diskBytes: number };
  /** Why it was given one and is not among those. */
  readonly idleBecause?: string;
};

/** A time, and what of it was spent waiting for a CPU that others had, with the words for that. */
export type Taken = { readonly ms: number; readonly excusedMs: number; readonly why: string };

/** The samples of every pair in the order of the runs. */
export type Pairs = { readonly subject: readonly Sample[]; readonly baseline: readonly Sample[] };

function taken(ms: number, use: CpuUse): Taken {
  return { ms, excusedMs: excusedMs(use), why: waitedSentence(use) };
}

async function versionTaken(scope: Scope, variant: Variant): Promise<Taken | undefined> {
  const { contract, binary, baseline, run } = scope.run;
  const args = contract?.interface.version;
  if (args === undefined) return undefined;
  const command = variant === 'baseline' && baseline ? baselineCommand(baseline, args) : { file: binary, args, variant };
  const launch = Launch.start(run, command, {});
  const exit = await launch.waitForExit(limitsOf(contract).askMs, { stretch: launch.cpu.stretch() });
  const use = launch.cpu.use();
  if (exit !== undefined) await (await scope.use(endings)).keep(launch, { signal: undefined, exit, stopMs: 0 });
  await launch.dispose();
  if (exit?.code !== 0) throw new Error(`${variant}: ${args.join(' ')} did not exit with 0`);
  return taken(exit.atMs, use);
}

/** Measures the times of one variant, alone. The launch runs on, ready, until what it has put into `begun` is disposed, the last first. */
async function timed(
  scope: Scope, variant: Variant, begun: AsyncDisposable[], asks: boolean,
): Promise<{ actor: Actor; sample: Sample }> {
  const version = asks ? await versionTaken(scope, variant) : undefined;
  const actor = await (await scope.use(launches)).start({ variant });
  begun.push({ [Symbol.asyncDispose]: () => actor.dispose() });
  const { readyMs, use } = await actor.readiness();
  const marks = startMarks(actor.launch, readyMs, actor.way?.connectionsAtMs[0]);
  return { actor, sample: { variant, marks, version, ready: taken(readyMs, use) } };
}

/**
 * The execution that launches are given before their memory is read: the first that goes well on the shared worker; undefined where the
 * contract has none that ends well.
 * @throws {CouldNotJudge} when none of them goes well.
 */
const workingPlan = fixture('working execution', async (scope): Promise<Plan | undefined> => {
  const plans = (scope.run.contract?.executions ?? []).filter(endsWell);
  const shared = await (await scope.use(launches)).worker();
  for (const plan of plans) if (await wentWell(shared, plan)) return plan;
  if (plans.length > 0) throw new CouldNotJudge('no execution goes well, after which memory and disk could be looked at: see their checks');
  return undefined;
});

/** What a launch holds after its work, or why that cannot be said; its times are known all the same. */
async function afterWork({ use }: Scope, variant: Variant, actor: Actor): Promise<Pick<Sample, 'worked' | 'idleBecause'>> {
  try {
    return { worked: await worked(variant, actor, await use(workingPlan)) };
  } catch (error) {
    if (error instanceof CouldNotJudge) return { idleBecause: error.message };
    throw error;
  }
}

/** One execution, and what the worker holds after it; memory and disk do not depend on who else uses a CPU meanwhile. */
async function worked(variant: Variant, actor: Actor, plan: Plan | undefined): Promise<NonNullable<Sample['worked']>> {
  const { launch } = actor;
  if (plan) await mustGoWell(actor, plan);
  const memoryBytes = await settledMemory(launch);
  if (launch.exit) throw new Error(`the ${variant} ended before its memory was read`);
  if (memoryBytes === 0) throw new Error(`the memory of the ${variant} cannot be read`);
  const { tmp, home, cwd } = launch.room;
  return { memoryBytes, diskBytes: [tmp, home, cwd].reduce((bytes, folder) => bytes + sizeOfTree(folder), 0) };
}

/**
 * The times of one variant after the other, with the version command where they work too; then both work side by side, each on a core of
 * its own. Quick measures the times side by side as well: what the one costs the other is the same for both.
 */
async function sampled(scope: Scope, variants: readonly Variant[], works: boolean): Promise<Sample[]> {
  const begun = variants.map((variant): { variant: Variant; own: AsyncDisposable[] } => ({ variant, own: [] }));
  const inTurn = pLimit(scope.run.profile === 'quick' ? variants.length : 1);
  try {
    // All of them, so that nothing is begun any more when the first that failed is told.
    const ended = await Promise.allSettled(begun.map(({ variant, own }) => inTurn(() => timed(scope, variant, own, works))));
    const ready = ended.map((one) => {
      if (one.status === 'rejected') throw one.reason;
      return one.value;
    });
    if (!works) return ready.map(({ sample }) => sample);
    return await Promise.all(ready.map(async ({ actor, sample }) => ({ ...sample, ...await afterWork(scope, sample.variant, actor) })));
  } finally {
    await Promise.all(begun.map(async ({ own }) => {
      for (const each of own.toReversed()) await each[Symbol.asyncDispose]();
    }));
  }
}

/**
 * The baseline has run once without being counted, unless it has been recorded: its first run compiles its modules. May overlap with
 * other launches. A recording that did not come to its end has not done all of the work, or none.
 */
export const warmBaseline = fixture('warm baseline', async (scope) => {
  if (scope.run.baseline === undefined) return;
  const recorded = await recording.begunIn(scope)?.then(() => true, () => false);
  // Before it starts: where two launches cannot run at once, nobody else works beside it.
  await scope.use(workingPlan).catch(() => {}); // those that are given work are told
  if (recorded !== true) await sampled(scope, ['baseline'], true);
});

/** Measures subject and baseline in adjacent pairs, in an order drawn for each pair, with nothing else running. */
export const pairs = fixture('pairs', async (scope): Promise<Pairs> => {
  const all = await scope.use(launches);
  // The subject is warm as soon as its shared launch has been ready.
  await all.mustStart();
  await scope.use(warmBaseline);
  await scope.use(workingPlan).catch(() => {}); // those that are given work are told
  await becomeQuiet(scope);
  const variants: Variant[] = scope.run.baseline ? ['subject', 'baseline'] : ['subject'];
  const samples: Sample[] = [];
  const count = pairsOf(scope.run);
  const alone = isOneAtATime(scope.run.contract);
  for (let pair = 0; pair < count.all; pair += 1) {
    const order = Math.random() < 0.5 ? variants : variants.toReversed();
    // Where two cannot run at once, each does its work before the other starts.
    for (const together of alone ? order.map((variant) => [variant]) : [order]) {
      samples.push(...await sampled(scope, together, pair < count.working));
    }
  }
  const of = (wanted: Variant) => samples.filter(({ variant }) => variant === wanted);
  return { subject: of('subject'), baseline: of('baseline') };
});
