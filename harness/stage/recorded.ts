import { join } from 'node:path';
import { readClosure, recordedLines, recordingEnvironment, withoutNamed, type Closure } from '../baselines/recorder/closure.ts';
import { keepRecording, keptRecording } from '../baselines/recorder/kept.ts';
import { areaOf } from '../model/catalogue.ts';
import { newMark } from '../system/processes/marks.ts';
import { openedIn } from '../system/trace/opened.ts';
import { takeTrace } from '../system/trace/take-trace.ts';
import { readyBaseline } from './baseline-fault.ts';
import { mustGoWell } from './drive.ts';
import { launches } from './launches.ts';
import { fixture, type Scope } from './scope.ts';

/**
 * What the baseline loads and opens from its start through one run of every execution of the contract, so that what is imported late is
 * there too. Recorded once for a run; the launch may overlap with others that are not measured. Where only contents are compared, a
 * recording that was kept is as good.
 * @throws {CouldNotJudge} when the baseline does not start or does not do its work: then there is nothing to compare with.
 */
export const recording = fixture('recording', async (scope): Promise<Closure> => {
  const { baseline, run, recordingKey: key } = scope.run;
  const kept = isComparedOnly(scope.run.only) && baseline && key ? keptRecording(baseline, key) : undefined;
  if (kept !== undefined) return kept;
  const folder = join(run.folder, 'recorder');
  // What native code opens, Python does not tell; where the system does not either, less is known before a run.
  const openings = scope.run.eyes.syscalls === undefined ? join(run.folder, `${newMark()}.calls`) : undefined;
  const recorded = await recordedIn(folder, scope, openings).catch(async (error: unknown) => {
    // strace has started nothing: it works when it is tried, and may not where it is needed.
    if (openings === undefined || recordedLines(folder) > 0) throw error;
    return await recordedIn(folder, scope);
  });
  if (baseline && key) keepRecording(baseline, key, recorded);
  return recorded;
});

async function recordedIn(folder: string, scope: Scope, openings?: string): Promise<Closure> {
  const { contract, baseline } = scope.run;
  const environment = recordingEnvironment(folder, contract?.environment['PYTHONPATH']?.value);
  const actor = await (await scope.use(launches)).start({ variant: 'baseline', environment, ...(openings !== undefined && { openings }) });
  let readyAt = 0;
  try {
    await readyBaseline(actor, scope.signal);
    readyAt = recordedLines(folder);
    for (const plan of contract?.executions ?? []) await mustGoWell(actor, plan);
  } finally {
    // It ends by a promised signal; one that ignores that has written its lines, too.
    await actor.dispose();
  }
  const closure = readClosure(folder, openings === undefined ? undefined : openedIn(takeTrace(openings)));
  const named = [...(contract?.arguments ?? []), ...Object.values(actor.environment)];
  const project = baseline?.directory ?? '';
  const [files, listings] = [withoutNamed(closure.files, project, named), withoutNamed(closure.listings, project, named)];
  return { ...closure, readyAt, files, listings };
}

/** Whether nothing but contents is looked at: what else is looked at may need what the baseline leaves when it works. */
export function isComparedOnly(only: readonly string[]): boolean {
  return only.length > 0 && only.every((name) => areaOf(name) === 'bundle' || name === 'bundle');
}
