import { statSync } from 'node:fs';
import type { Contract } from '../../contract/schema.ts';
import { CouldNotJudge } from '../../model/errors.ts';
import type { Actor, Plan } from '../actor.ts';
import { endings, type Ending } from '../endings.ts';
import { oneOfSpoilt } from '../from-source.ts';
import { launches } from '../launches.ts';
import { fixture, type Scope } from '../scope.ts';
import { tell } from '../telling.ts';
import { workerSdk, type SdkName } from '../worker-sdk.ts';
import { amountOf, type Amount } from './amount.ts';
import { idle, standsIdle } from './idle.ts';
import { heldBy } from './leaks.ts';
import { batch, loadOf, type Done } from './load.ts';
import { slowingOf } from './pace.ts';
import { troubleIn, type Trouble } from './trouble.ts';
import { firstLook, nextWindow, type Look } from './windows.ts';

/** From fewer windows no slope can be told. */
const fewestLooks = 8;

/** So many executions run at the same time. */
export const atOnce = 5;

/** A place in the log of a launch: bytes of its files, and lines that had been seen. */
export type LogPlace = { readonly stdout: number; readonly stderr: number; readonly lines: number };

/** What came of one launch that was given hundreds of executions and was then told to stop. */
export type Endured = {
  readonly actor: Actor;
  /** What it is made with, where that is known: heaps are collected in different ways. */
  readonly sdk: SdkName | undefined;
  readonly plans: readonly Plan[];
  /** Which executions of the contract are not among them, and why. */
  readonly left: readonly string[];
  readonly amount: Amount;
  /** How long it had stood idle before, in milliseconds; undefined for a launch that had not. */
  readonly idleMs: number | undefined;
  readonly looks: readonly Look[];
  /** Of the executions, in the order in which they were begun. */
  readonly ids: readonly string[];
  /** Where the work ended before all was done. */
  readonly trouble: Trouble | undefined;
  /** Its log from the first execution until it was told to stop. */
  readonly log: { readonly from: LogPlace; readonly to: LogPlace };
  /** Undefined where it had ended before. */
  readonly ending: Ending | undefined;
};

/** The work of one launch: in a quick run of the shared one, else of one that stood idle until now. Then it is told to stop. */
export const endurance = fixture('endurance', async (scope): Promise<Endured> => {
  const all = await scope.use(launches);
  const { contract } = scope.run;
  if (contract === undefined) throw new CouldNotJudge('there is no contract, so nobody knows what to execute');
  const shared = await all.worker();
  const { plans, left } = await loadOf(shared, await oneOfSpoilt(scope, contract.executions));
  const amount = amountOf(scope.run);
  const stood = standsIdle(scope.run) ? await scope.use(idle) : undefined;
  const actor = stood?.actor ?? shared;
  const idleMs = stood && await standIdle(scope, stood, amount);
  const from = stood ? { stdout: 0, stderr: 0, lines: 0 } : placeIn(actor);
  try {
    const sdk = await workerSdk(scope);
    const work = await workOf(scope, actor, { plans, amount, idleMs, contract, sdk });
    const to = placeIn(actor);
    return { actor, sdk, plans, left, amount, idleMs, ...work, log: { from, to }, ending: await stop(scope, actor) };
  } finally {
    await all.retire(actor);
  }
});

/** Waits until it has stood idle for as long as the profile asks, or has ended; in milliseconds. */
async function standIdle({ run }: Scope, { actor: { launch }, sinceMs }: { actor: Actor; sinceMs: number }, { idleMs }: Amount) {
  const stoodMs = (): number => performance.now() - sinceMs;
  while (launch.exit === undefined && stoodMs() < idleMs) {
    const minutes = `${Math.round(stoodMs() / 60_000)} of ${idleMs / 60_000} min`;
    tell(run.run.mark, { line: `one launch stands idle: ${minutes}`, stays: true });
    await launch.waitForExit(Math.min(60_000, idleMs - stoodMs()));
  }
  return stoodMs();
}

type Task = {
  readonly plans: readonly Plan[];
  readonly amount: Amount;
  readonly idleMs: number | undefined;
  readonly contract: Contract;
  readonly sdk: SdkName | undefined;
};

/** Gives it window after window, and more than was meant where that leaves open whether it grows or gets slower. */
async function workOf({ run }: Scope, actor: Actor, { plans, amount, idleMs, contract, sdk }: Task) {
  const looks: Look[] = [firstLook(actor)];
  const ids: string[] = [];
  const [startMs, stays] = [performance.now(), run.profile === 'soak'];
  const alone = await firstAlone(actor, plans);
  const trouble = await troubleIn(actor, alone, { done: 0, idleMs });
  if (trouble && idleMs === undefined && actor.launch.exit === undefined) {
    throw new CouldNotJudge(`${mixedUp}: ${trouble.sentence}; see execution.concurrent`);
  }
  if (trouble !== undefined) return { looks, ids: alone.map(({ workflowId }) => workflowId), trouble };
  let beside = atOnce;
  for (let wanted = amount.executions; ;) {
    while (ids.length < wanted) {
      const { ended, look } = await nextWindow(actor, plans, { size: amount.window, atOnce: beside, done: ids.length });
      const sudden = await troubleIn(actor, ended, { done: ids.length, idleMs });
      // What goes wrong beside others only is told by execution.concurrent, and hides nothing here.
      if (sudden !== undefined && beside > 1 && (sudden.isMixedUp || ids.length === 0) && await goesWellAlone(actor, plans)) {
        const isPromised = plans.some(({ concurrency = 0 }) => concurrency > 1);
        if (!sudden.isMixedUp && isPromised) throw new CouldNotJudge(`${onlyBeside}: ${sudden.sentence}; see execution.concurrent`);
        if (!sudden.isMixedUp) for (const { workflowId } of ended) actor.started.set(workflowId, undefined);
        beside = 1;
        continue;
      }
      ids.push(...ended.map(({ workflowId }) => workflowId));
      if (sudden !== undefined) return { looks, ids, trouble: sudden };
      looks.push(look);
      actor.llm.forgetMany();
      tell(run.run.mark, { line: `${ids.length} of ${wanted} executions on one launch`, stays: stays && ids.length % 400 < ended.length });
      // Slow ones get three times as long, so that what is asked of them can be told; a question that is open, twice.
      const longestMs = amount.longestMs * (looks.length < fewestLooks ? 3 : wanted > amount.executions ? 2 : 1);
      if (performance.now() - startMs > longestMs) wanted = 0;
    }
    const isOpen = slowingOf(looks.slice(1).map(({ pace }) => pace)).verdict !== 'none'
      || heldBy(looks, contract.budgets.leak, sdk).some(({ growth: { verdict } }) => verdict !== 'none');
    // Where one window takes many kinds of executions, the most that is meant are few looks.
    const most = Math.max(amount.most, fewestLooks * (ids.length / (looks.length - 1)));
    if (!isOpen || wanted === 0 || wanted >= most) return { looks, ids, trouble: undefined };
    wanted = Math.min(wanted + Math.ceil(amount.executions / 4), most);
  }
}

/** One of each by itself: what goes wrong then came with the idle time, and not with others beside it. */
async function firstAlone(actor: Actor, plans: readonly Plan[]): Promise<Done[]> {
  const done: Done[] = [];
  for (const plan of plans) done.push(...await batch(actor, plan, 1));
  return done;
}

const onlyBeside = 'what is run beside others goes wrong from the beginning, so that many cannot be run';
const mixedUp = 'what ran beside others before has left this launch so that not even one goes well';

async function goesWellAlone(actor: Actor, plans: readonly Plan[]): Promise<boolean> {
  return await troubleIn(actor, await firstAlone(actor, plans), { done: 0, idleMs: 0 }) === undefined;
}

function placeIn({ launch: { output } }: Actor): LogPlace {
  output.read();
  return { stdout: sizeOf(output.files.stdout), stderr: sizeOf(output.files.stderr), lines: output.lines.length };
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** By the first promised signal, so that what it says then can be compared with what other launches say at theirs. */
async function stop({ use }: Scope, { launch }: Actor): Promise<Ending | undefined> {
  const all = await use(endings);
  const [signal] = all.promised.signals;
  return launch.exit || signal === undefined ? undefined : all.stop(launch, { signal, target: 'parent' });
}
