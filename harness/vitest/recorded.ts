import { join } from 'node:path';
import { readClosure, recordingEnvironment, type Closure } from '../baseline/closure/closure.ts';
import { CouldNotJudge } from '../errors.ts';
import { ended } from '../temporal/ready.ts';
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
  const folder = join(stage.run.run.folder, 'recorder');
  const actor = await stage.launch({ variant: 'baseline', environment: recordingEnvironment(folder) });
  try {
    await actor.ready(signal);
    for (const plan of stage.run.contract?.executions ?? []) await mustGoWell(actor, plan, signal);
    actor.launch.signal('SIGTERM');
    await actor.launch.waitForExit((stage.run.contract?.shutdown.withinSeconds ?? 15) * 1_000);
    return readClosure(folder);
  } catch (error) {
    const end = ended(actor.launch);
    throw new CouldNotJudge(`the baseline does not do its work, so there is nothing to compare with${end === undefined ? '' : `: ${end}`}`, { cause: error });
  } finally {
    await actor.dispose();
  }
}
