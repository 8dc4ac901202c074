import { join } from 'node:path';
import { readClosure, recordingEnvironment, type Closure } from '../baselines/recorder/closure.ts';
import { withoutNamed } from '../baselines/recorder/named-files.ts';
import { readyBaseline } from './baseline-fault.ts';
import { mustGoWell } from './drive.ts';
import type { Stage } from './stage.ts';

let recording: Promise<Closure> | undefined;

/**
 * What the baseline loads and opens from its start through one run of every execution of the contract, so that what is imported late is
 * there too. Recorded once for a run; the launch may overlap with others that are not measured.
 * @throws {CouldNotJudge} when the baseline does not start or does not do its work: then there is nothing to compare with.
 */
export function recordedBaseline(stage: Stage, signal: AbortSignal): Promise<Closure> {
  recording ??= record(stage, signal);
  recording.catch(() => {}); // whoever awaits it is told
  return recording;
}

/** Whether the baseline has been started for this purpose; then it has compiled its modules, too. */
export function recordingBegun(): Promise<Closure> | undefined {
  return recording;
}

async function record(stage: Stage, signal: AbortSignal): Promise<Closure> {
  const { contract, baseline, run } = stage.run;
  const folder = join(run.folder, 'recorder');
  const actor = await stage.launch({
    variant: 'baseline', environment: recordingEnvironment(folder, contract?.environment['PYTHONPATH']?.value),
  });
  try {
    await readyBaseline(actor, signal);
    for (const plan of contract?.executions ?? []) await mustGoWell(actor, plan, signal);
    actor.launch.signal('SIGTERM');
    // One that ignores this has written its lines, too.
    await actor.launch.waitForExit((contract?.shutdown.withinSeconds ?? 15) * 1_000);
  } finally {
    await actor.dispose();
  }
  const closure = readClosure(folder);
  return { ...closure, files: withoutNamed(
    closure.files, baseline?.directory ?? '', [...(contract?.arguments ?? []), ...Object.values(actor.environment)],
  ) };
}
