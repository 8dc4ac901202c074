import { test as base, type TestContext } from 'vitest';
import { catalogue, type CheckSpec } from '../contract/catalogue.ts';
import type { Observation } from '../model/observation.ts';
import { CouldNotJudge } from '../model/errors.ts';
import type { Measurement, MemoryCourse, StartUp } from '../model/report.ts';
import type { Actor } from './actor.ts';
import { EvidenceFolder } from './evidence.ts';
import { NotApplicable, outcomeOf } from './outcome.ts';
import { runContext, type RunContext } from './run-context.ts';
import { Stage, type LaunchOptions } from './stage.ts';

/** What a check may use. */
export type CheckContext = {
  readonly id: string;
  readonly run: RunContext;
  /** The connections of the run, for checks that need more than a worker. */
  readonly stage: () => Promise<Stage>;
  /** The ready worker that all checks share which only look. */
  readonly worker: () => Promise<Actor>;
  /** Aborts when the check's time is up or the run is interrupted. */
  readonly signal: AbortSignal;
  /** Starts a worker of the check's own, which ends with the check, however the check ends. */
  readonly launch: (options?: LaunchOptions) => Promise<Actor>;
  /** Keeps a file that proves what the check says. */
  readonly evidence: (title: string, fileName: string, text: string) => void;
  /** A short remark that is worth reading on a pass too. */
  readonly note: (text: string) => void;
  /** The number that the check is about, with its limit. */
  readonly value: (value: number, unit: string, limit?: number) => void;
  readonly measured: (measurement: Measurement) => void;
  /** Defects that were read, not watched; what they mean and what repairs them is told elsewhere. */
  readonly found: (facts: readonly Observation[]) => void;
  /** The marks of one launch whose start was measured. */
  readonly startedUp: (startUp: StartUp) => void;
};

export type Body = (context: CheckContext) => Promise<void> | void;

export type CheckOptions = {
  /** How long the check may take, 120 s unless given. */
  readonly timeoutMs?: number;
  /** May run beside other checks of its suite that say so too. */
  readonly concurrent?: boolean;
};

const test = base
  .extend('run', { scope: 'worker' }, () => runContext())
  .extend('stage', { scope: 'worker' }, async ({ run }, { onCleanup }) => {
    // Opened at first use: the checks on the file alone need no server.
    const stage = new LazyStage(run);
    onCleanup(() => stage.close());
    return stage;
  });

class LazyStage {
  readonly #run: RunContext;
  #opened: Promise<Stage> | undefined;

  constructor(run: RunContext) {
    this.#run = run;
  }

  open(): Promise<Stage> {
    this.#opened ??= Stage.open(this.#run);
    return this.#opened;
  }

  /** What the shared worker holds after a check; undefined when there is none. */
  async memoryPoint(after: string): Promise<MemoryCourse['points'][number] | undefined> {
    const stage = await this.#opened?.catch(() => undefined);
    return stage?.memoryPoint(after);
  }

  async close(): Promise<void> {
    const stage = await this.#opened?.catch(() => undefined);
    await stage?.[Symbol.asyncDispose]();
  }
}

let known: ReadonlyMap<string, CheckSpec> | undefined;

function specOf(id: string): CheckSpec {
  known ??= new Map(catalogue(runContext().contract).map((spec) => [spec.id, spec]));
  const spec = known.get(id);
  if (!spec) throw new Error(`check ${id} is not in the catalogue (harness/model/catalogue.ts)`);
  return spec;
}

/**
 * Declares one check: a promise of the catalogue, verified. The body returns when the promise is kept, throws CheckFailed
 * when it is not, CouldNotJudge when that cannot be told, NotApplicable when there is nothing to judge.
 */
export function check(id: string, body: Body, options: CheckOptions = {}): void {
  const spec = specOf(id);
  const run = runContext();
  if (run.only.length > 0 && !run.only.includes(spec.area)) return;
  const declare = options.concurrent ? test.concurrent : test;
  declare(id, { timeout: options.timeoutMs ?? 120_000 }, async ({ stage, task, signal, onTestFinished, skip }) => {
    await judge(spec, body, { stage, task, signal, onTestFinished, skip }, run);
  });
}

type Given = Pick<TestContext, 'task' | 'signal' | 'onTestFinished' | 'skip'> & { readonly stage: LazyStage };

async function judge(spec: CheckSpec, body: Body, given: Given, run: RunContext): Promise<void> {
  const { task, signal } = given;
  const folder = new EvidenceFolder(run.evidenceFolder, spec.id);
  const actors: Actor[] = [];
  const remarks: { note?: string; value?: number; unit?: string; limit?: number } = {};
  // Also when vitest abandons the body at its timeout.
  given.onTestFinished(async () => {
    for (const actor of actors) await actor.dispose();
  });
  const settle = (result: ReturnType<typeof outcomeOf>): void => {
    if (result.outcome !== 'pass') for (const actor of actors) folder.keepOutput(actor.launch);
    const { id, area, title } = spec;
    task.meta.check = { id, area, title, ...result, ...remarks, evidence: folder.files };
  };
  settle(outcomeOf(new CouldNotJudge('the check did not finish in its time')));
  let thrown: unknown;
  try {
    const lacking = spec.needs.find((need) => run[need] === undefined);
    if (lacking !== undefined) throw new CouldNotJudge(lacking === 'server' ? 'there is no Temporal server' : `it needs a ${lacking}`);
    const stage = (): Promise<Stage> => given.stage.open();
    await body({
      id: spec.id,
      run,
      stage,
      worker: async () => (await stage()).worker(),
      signal,
      launch: async (options) => {
        await (await stage()).mustStart();
        const actor = await (await stage()).launch(options);
        actors.push(actor);
        return actor;
      },
      evidence: (title, fileName, text) => folder.write(title, fileName, text),
      note: (text) => void (remarks.note = text),
      value: (value, unit, limit) => void Object.assign(remarks, { value, unit }, limit === undefined ? {} : { limit }),
      found: (facts) => void (task.meta.facts ??= []).push(...facts),
      measured: (measurement) => void (task.meta.measurements ??= []).push(measurement),
      startedUp: (startUp) => void (task.meta.startUps ??= []).push(startUp),
    });
  } catch (error) {
    const stopped = signal.aborted && !(error instanceof NotApplicable);
    thrown = stopped
      ? new CouldNotJudge('the run was interrupted, or the time of the check was up', { cause: error })
      : (error ?? new Error('the check threw nothing'));
  }
  settle(outcomeOf(thrown));
  task.meta.memoryPoint = await given.stage.memoryPoint(spec.id);
  if (thrown instanceof NotApplicable) given.skip(thrown.message);
  if (thrown !== undefined) throw thrown;
}
