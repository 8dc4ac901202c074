import { surveyBaseline, type Survey } from '../baselines/survey/survey.ts';
import type { Baseline } from '../baselines/baseline.ts';
import type { Closure } from '../baselines/recorder/closure.ts';
import { areaOf } from '../model/catalogue.ts';
import { runtimeOf } from '../runtimes/registry.ts';
import { beginIdle } from './endurance/idle.ts';
import { warmWorker } from './exercised.ts';
import { frozenOf, type Frozen } from './frozen.ts';
import { NotApplicable } from './outcome.ts';
import { isComparedOnly, recording } from './recorded.ts';
import { fixture, type Scope } from './scope.ts';

/** The executable's contents beside the environment of its baseline. */
export type Surveyed = Frozen & { readonly baseline: Baseline; readonly survey: Survey };

/** The same with what the baseline really loaded. */
export type Compared = Surveyed & { readonly closure: Closure };

const surveyed = fixture('survey', async (scope): Promise<Surveyed> => {
  const frozen = await frozenOf(scope);
  const { baseline } = scope.run;
  if (baseline === undefined) throw new NotApplicable('there is no baseline to compare with');
  const namespaces = [...frozen.compare.emptyNamespaces(frozen.bundle)];
  return { ...frozen, baseline, survey: await surveyBaseline(baseline, { namespaces, signal: scope.signal }) };
});

type Using = Pick<Scope, 'run' | 'use'>;

/**
 * The executable's contents and the baseline's environment, each read once for a run.
 * @throws {NotApplicable} without a baseline, or where the contents cannot be listed.
 */
export function beside({ use }: Using): Promise<Surveyed> {
  return use(surveyed);
}

/** The baseline's environment, where there is a baseline. */
export async function surveyIfAny(scope: Using): Promise<Survey | undefined> {
  return scope.run.baseline === undefined ? undefined : (await beside(scope)).survey;
}

/**
 * Starts to record the baseline without waiting for it, where the bundle is going to be compared with it: while everything that needs no
 * recording is looked at. Whoever needs the record is told what went wrong.
 */
export function beginRecording(scope: Using): void {
  const { run, use } = scope;
  const wanted = run.only.length === 0 || run.only.some((name) => areaOf(name) === 'bundle');
  if (!wanted || run.baseline === undefined || run.contract === undefined || (
    run.server === undefined && !isComparedOnly(run.only)
  )) return;
  if (runtimeOf(run.identity.runtime).compare !== undefined) use(recording).catch(() => {}); // whoever needs it is told
}

/** The same with the recorded baseline: waits until that has done its work. Meanwhile the worker that others need gets ready. */
export async function compared(scope: Using): Promise<Compared> {
  const both = await beside(scope);
  const { only } = scope.run;
  if (only.length === 0 || only.some((name) => !/^(?:artifact|bundle)\b/.test(name))) {
    scope.use(warmWorker).catch(() => {}); // whoever needs it is told
    beginIdle(scope);
  }
  return { ...both, closure: await scope.use(recording) };
}
