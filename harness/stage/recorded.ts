import { join } from 'node:path';
import { readClosure, recordingEnvironment, withoutNamed, type Closure } from '../baselines/recorder/closure.ts';
import { readyBaseline } from './baseline-fault.ts';
import { mustGoWell } from './drive.ts';
import { launches } from './launches.ts';
import { fixture } from './scope.ts';

/**
 * What the baseline loads and opens from its start through one run of every execution of the contract, so that what is imported late is
 * there too. Recorded once for a run; the launch may overlap with others that are not measured.
 * @throws {CouldNotJudge} when the baseline does not start or does not do its work: then there is nothing to compare with.
 */
export const recording = fixture('recording', async (scope): Promise<Closure> => {
  const { contract, baseline, run } = scope.run;
  const folder = join(run.folder, 'recorder');
  const environment = recordingEnvironment(folder, contract?.environment['PYTHONPATH']?.value);
  const actor = await (await scope.use(launches)).start({ variant: 'baseline', environment });
  try {
    await readyBaseline(actor, scope.signal);
    for (const plan of contract?.executions ?? []) await mustGoWell(actor, plan);
  } finally {
    // It ends by a promised signal; one that ignores that has written its lines, too.
    await actor.dispose();
  }
  const closure = readClosure(folder);
  const named = [...(contract?.arguments ?? []), ...Object.values(actor.environment)];
  return { ...closure, files: withoutNamed(closure.files, baseline?.directory ?? '', named) };
});
