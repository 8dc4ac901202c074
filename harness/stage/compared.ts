import { surveyBaseline, type Survey } from '../baselines/survey/survey.ts';
import type { Baseline } from '../baselines/baseline.ts';
import type { Closure } from '../baselines/recorder/closure.ts';
import type { CheckContext } from './check.ts';
import { runtimeOf } from '../runtimes/registry.ts';
import { frozenOf, type Frozen } from './frozen.ts';
import { NotApplicable } from './outcome.ts';
import { recordedBaseline } from './recorded.ts';

/** The executable's contents beside the environment of its baseline. */
export type Surveyed = Frozen & { readonly baseline: Baseline; readonly survey: Survey };

/** The same with what the baseline really loaded. */
export type Compared = Surveyed & { readonly closure: Closure };

let surveyed: Promise<Survey> | undefined;

/**
 * The executable's contents and the baseline's environment, each read once for a run.
 * @throws {NotApplicable} without a baseline, or where the contents cannot be listed.
 */
export async function beside({ run, signal }: Pick<CheckContext, 'run' | 'signal'>): Promise<Surveyed> {
  const frozen = await frozenOf(run);
  if (run.baseline === undefined) throw new NotApplicable('there is no baseline to compare with');
  surveyed ??= surveyBaseline(run.baseline, { namespaces: [...frozen.compare.emptyNamespaces(frozen.bundle)], signal });
  return { ...frozen, baseline: run.baseline, survey: await surveyed };
}

/** The baseline's environment, where there is a baseline. */
export async function surveyIfAny({ run, signal }: Pick<CheckContext, 'run' | 'signal'>): Promise<Survey | undefined> {
  return run.baseline === undefined ? undefined : (await beside({ run, signal })).survey;
}

/**
 * Starts to record the baseline without waiting for it, where the bundle is going to be compared with it: while everything that needs no
 * recording is looked at. Whoever needs the record is told what went wrong.
 */
export function beginRecording({ run, stage, signal }: Pick<CheckContext, 'run' | 'stage' | 'signal'>): void {
  const wanted = run.only.length === 0 || run.only.includes('bundle');
  if (!wanted || run.baseline === undefined || run.contract === undefined || run.server === undefined) return;
  if (run.identity.damage !== undefined || runtimeOf(run.identity.runtime ?? '').compare === undefined) return;
  stage().then((opened) => recordedBaseline(opened, signal)).catch(() => {});
}

/** The same with the recorded baseline: waits until that has done its work. */
export async function compared({ run, stage, signal }: Pick<CheckContext, 'run' | 'stage' | 'signal'>): Promise<Compared> {
  const both = await beside({ run, signal });
  return { ...both, closure: await recordedBaseline(await stage(), signal) };
}
