import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { platformId } from '../../harness/system/platform.ts';
import { deviations } from './deviations.ts';
import { writeExecutable, writeReport } from './platforms.ts';
import type { Leg } from './plan.ts';
import { copyOf, type Repository } from './repository.ts';
import { runWorkflow } from './run-workflow.ts';
import type { Scenario } from './scenarios.ts';
import { newWorld, type Replacement, type World } from './world.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const here = platformId();

/** The repository to release from, where a scenario is played, where the recorded report is, the programs that stand in for others. */
export type Setting = {
  readonly repository: Repository;
  readonly own: string;
  readonly recorded: string;
  readonly programs: string;
  readonly signal: AbortSignal;
};

function replacementOf(
  scenario: Scenario, recorded: string, world: () => World, { platform }: Leg, stepId: string,
): Replacement | undefined {
  if (typeof platform !== 'string') return undefined;
  if (stepId === 'build' && platform !== here) {
    return async (workspace) => {
      mkdirSync(join(workspace, 'dist'));
      writeExecutable(platform, join(workspace, 'dist', `agent-runner-${platform}${platform.startsWith('windows') ? '.exe' : ''}`));
      return {};
    };
  }
  if (stepId !== 'verify' || (platform === here && scenario.verified)) return undefined;
  return async (workspace) => {
    const report = `reports/${platform}`;
    const source = existsSync(recorded) ? recorded : world().artifacts.at(`frostgate-report-${here}`);
    if (platform === here) cpSync(source, join(workspace, report), { recursive: true });
    else await writeReport(platform, source, join(workspace, 'reports'), (made) => scenario.reports?.(platform, made) ?? made);
    return { verdict: 'pass', report };
  };
}

/** Said when the first scenario has failed. */
export const nothingRecorded = 'there is no recorded report: the good release must pass first';

/** What a build would find, with another executable in place of the good one. */
function builtWith(sabotage: string | undefined, { built }: Repository, folder: string): string {
  if (sabotage === undefined) return built;
  mkdirSync(join(folder, 'dist'), { recursive: true });
  cpSync(join(built, 'dist/.stamp'), join(folder, 'dist/.stamp'));
  symlinkSync(join(root, 'fixtures/sabotaged/dist', sabotage), join(folder, 'dist/agent-runner'));
  symlinkSync(join(built, '.venv'), join(folder, '.venv'));
  return folder;
}

/**
 * Plays a scenario in `own` and returns what was not as it should be. The report of this machine's platform is kept as `recorded` when
 * there is none yet and all is well, and is handed in again by scenarios that do not verify in earnest.
 */
export async function play(scenario: Scenario, { repository: original, own, recorded, programs, signal }: Setting): Promise<string[]> {
  if (scenario.verified === undefined && !existsSync(recorded)) return [nothingRecorded];
  const repository = copyOf(original, join(own, 'repository'), builtWith(scenario.sabotage, original, join(own, 'built')));
  const world: World = newWorld({
    folder: own,
    repository,
    programs,
    signal,
    replaces: (leg, stepId) => replacementOf(scenario, recorded, () => world, leg, stepId),
    before: (jobId) => scenario.before?.(jobId, world),
  });
  const results = await runWorkflow(world, '.github/workflows/release.yml', scenario.asked ?? { version: '1.0.0' });
  const found = await deviations(scenario, world, results);
  if (found.length === 0 && !existsSync(recorded)) cpSync(world.artifacts.at(`frostgate-report-${here}`), recorded, { recursive: true });
  return found;
}
