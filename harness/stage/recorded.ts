import { join } from 'node:path';
import { withoutNamed } from '../baselines/recorder/named-files.ts';
import { readClosure, recordingEnvironment, type Closure } from '../baselines/recorder/closure.ts';
import { CouldNotJudge } from '../model/errors.ts';
import { ended } from '../temporal/ready.ts';
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
  let work = 'start';
  try {
    await actor.ready();
    for (const plan of contract?.executions ?? []) {
      work = `do "${plan.name}"`;
      await mustGoWell(actor, plan);
    }
  } catch (error) {
    const end = ended(actor.launch);
    const how = end === undefined ? '' : `: ${end}`;
    throw new CouldNotJudge(`the baseline does not ${work}, so there is nothing to compare with${how}`, { cause: error });
  } finally {
    // It ends by a promised signal; one that ignores that has written its lines, too.
    await actor.dispose();
  }
  const closure = readClosure(folder);
  const named = [...(contract?.arguments ?? []), ...Object.values(actor.environment)];
  return { ...closure, files: withoutNamed(closure.files, baseline?.directory ?? '', named) };
});
