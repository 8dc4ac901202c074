import { test as base, type TestContext } from 'vitest';
import { catalogue, isChosen, type CheckSpec } from '../contract/catalogue.ts';
import { CouldNotJudge, messageOf, NotLookedFor } from '../model/errors.ts';
import type { Actor } from './actor.ts';
import type { Body } from './check-context.ts';
import { serviceDown } from './connections.ts';
import { emulatorFault } from './emulator-fault.ts';
import { EvidenceFolder } from './evidence.ts';
import { interruptionOf } from './interruption.ts';
import { launches } from './launches.ts';
import { limitsOf, type Work } from './limits.ts';
import { memoryPoint } from './memory-course.ts';
import { NotApplicable, outcomeOf } from './outcome.ts';
import { runContext } from './run-context.ts';
import { Scope } from './scope.ts';

export type CheckOptions = {
  /** What it does at most, from which follows how long it may take; one launch unless given. */
  readonly work?: Work;
  /** May run beside other checks of its suite that say so too. */
  readonly concurrent?: boolean;
};

const test = base.extend('run', { scope: 'worker' }, () => runContext()).extend('scope', { scope: 'worker' }, ({ run }, { onCleanup }) => {
  const { signal, close } = interruptionOf(run.run.mark);
  const scope = new Scope(run, signal);
  onCleanup(async () => {
    await scope.close();
    close();
  });
  return scope;
});

function specOf(id: string): CheckSpec {
  const { contract, previous } = runContext();
  const spec = catalogue(contract, previous !== undefined).find((row) => row.id === id);
  if (!spec) throw new Error(`check ${id} is not in the catalogue (harness/model/catalogue.ts)`);
  return spec;
}

/** Declares one check: a promise of the catalogue, verified. Left out where `--only` names other checks. */
export function check(id: string, body: Body, options: CheckOptions = {}): void {
  const spec = specOf(id);
  if (!isChosen(runContext().only, spec)) return;
  const declare = options.concurrent ? test.concurrent : test;
  declare(id, { timeout: limitsOf(runContext().contract).checkMs(options.work) }, async ({ scope, task, signal, onTestFinished, skip }) => {
    await judge(spec, body, { scope, task, signal, onTestFinished, skip });
  });
}

type Given = Pick<TestContext, 'task' | 'signal' | 'onTestFinished' | 'skip'> & { readonly scope: Scope };

async function judge(spec: CheckSpec, body: Body, { scope, task, signal, onTestFinished, skip }: Given): Promise<void> {
  const { run } = scope;
  const [blind, partlyBlind] = [spec.eye, spec.eyeInPart].map((eye) => (eye === undefined ? undefined : run.eyes[eye]));
  const folder = new EvidenceFolder(run.evidenceFolder, spec.id);
  const actors: Actor[] = [];
  const remarks: { note?: string; value?: number; unit?: string; limit?: number; compared?: { count: number; what: string } } = {};
  // Also when vitest abandons the body at its timeout.
  onTestFinished(async () => {
    await Promise.all(actors.map((actor) => actor.dispose()));
  });
  const settle = (result: ReturnType<typeof outcomeOf>): void => {
    if (result.outcome !== 'pass') for (const actor of actors) folder.keepOutput(actor.launch);
    const { id, area, title } = spec;
    const unseen = partlyBlind === undefined ? {} : { notLookedFor: partlyBlind };
    task.meta.check = { id, area, title, ...unseen, ...result, ...remarks, evidence: folder.files };
  };
  settle(outcomeOf(new CouldNotJudge('the check did not finish in its time')));
  let thrown: unknown;
  try {
    for (const need of spec.needs) if (run[need] === undefined) throw new CouldNotJudge(
      need === 'server' ? 'there is no Temporal server' : `it needs a ${need}`,
    );
    if (blind !== undefined) throw new NotLookedFor(blind);
    await body({
      id: spec.id,
      run,
      signal,
      use: (fixture) => scope.use(fixture),
      worker: async () => (await scope.use(launches)).worker(),
      launch: async (options) => {
        const all = await scope.use(launches);
        await all.mustStart();
        const actor = await all.start(options);
        actors.push(actor);
        return actor;
      },
      evidence: (title, fileName, text) => folder.write(title, fileName, text),
      compares: (count, what) => void (remarks.compared = { count, what }),
      note: (text) => void (remarks.note = text),
      value: (value, unit, limit) => void Object.assign(remarks, { value, unit }, limit === undefined ? {} : { limit }),
      found: (observations) => void (task.meta.observations ??= []).push(...observations),
      measured: (measurement) => void (task.meta.measurements ??= []).push(measurement),
      decided: (decision) => void (task.meta.decisions ??= []).push(decision),
      endured: (endurance) => void (task.meta.endurance = endurance),
      loadedAtStart: (modules) => void (task.meta.loadedAtStart = [...modules]),
      startedUp: (startUp) => void (task.meta.startUps ??= []).push(startUp),
    });
    const { count, what } = remarks.compared ?? { count: 0, what: 'anything' };
    if (count <= 0) throw new CouldNotJudge(`it compared nothing: there was nothing to compare (0 ${what})`);
  } catch (error) {
    thrown = signal.aborted && !(error instanceof NotApplicable) ? stopped(scope, error) : (error ?? new Error('the check threw nothing'));
    const down = spec.needs.includes('contract') && outcomeOf(thrown).outcome === 'fail' ? await serviceDown(scope) : undefined;
    const { outcome, got = '' } = outcomeOf(thrown);
    const faulty = outcome === 'fail' ? await emulatorFault(scope, { actors, got, usesShared: spec.needs.includes('server') }) : undefined;
    if (faulty !== undefined) thrown = new CouldNotJudge(`${faulty}; before that: ${messageOf(thrown)}`, { cause: thrown });
    if (down !== undefined) thrown = new CouldNotJudge(`${down}; before that: ${messageOf(thrown)}`, { cause: thrown });
  }
  settle(outcomeOf(thrown));
  task.meta.memoryPoint = await memoryPoint(scope, spec.id);
  if (thrown instanceof NotApplicable) skip(thrown.message);
  if (thrown !== undefined) throw thrown;
}

function stopped(scope: Scope, cause: unknown): CouldNotJudge {
  return new CouldNotJudge(scope.signal.aborted ? 'the run was interrupted' : "the check's time was up", { cause });
}
