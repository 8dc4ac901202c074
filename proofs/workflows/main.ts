import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { Signals } from '../../harness/cli/signals.ts';
import { messageOf } from '../../harness/model/errors.ts';
import { gitlabScenarios, playOnGitlab } from './gitlab-release.ts';
import { play, type Setting } from './release.ts';
import { snapshot } from './repository.ts';
import { scenarios } from './scenarios.ts';
import { writeStandIns } from './stand-ins.ts';

// Runs the release workflow's own steps on this machine: every `run:` line of every job, in a fresh checkout. Only this machine's
// platform is built and verified in earnest; the others get executables with real headers and reports made from the recorded one.

const root = fileURLToPath(new URL('../../', import.meta.url));
const say = (line: string): void => void process.stderr.write(`${line}\n`);

const plays = [
  ...scenarios.map((scenario) => ({ name: scenario.name, play: async (setting: Setting) => await play(scenario, setting) })),
  ...gitlabScenarios.map((scenario) => ({ name: scenario.name, play: async (setting: Setting) => await playOnGitlab(scenario, setting) })),
];

using signals = new Signals();
const folder = await mkdtemp(join(tmpdir(), 'frostgate-workflows-'));
let passed = 0;
let failed = 0;
try {
  for (const project of ['agent-runner', 'sabotaged']) await execa(
    'bash', [join(root, 'fixtures', project, 'build.sh')], { stdout: 'ignore', stderr: 'inherit', stdin: 'ignore' },
  );
  const programs = writeStandIns(join(folder, 'programs'));
  const repository = await snapshot(root, join(folder, 'repository'));
  const queue = [...plays.entries()];
  const playNext = async (): Promise<void> => {
    const [index, scenario] = queue.shift() ?? [];
    if (scenario === undefined) return;
    const startMs = performance.now();
    const own = join(folder, `release-${index}`);
    const found = await scenario.play({
      repository, own, recorded: join(folder, 'recorded'), programs, signal: signals.aborted,
    }).catch((error: unknown) => [messageOf(error)]);
    if (signals.received !== undefined) return;
    say(`${found.length === 0 ? 'ok  ' : 'FAIL'} ${scenario.name}  ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
    for (const deviation of found) say(`       ${deviation}`);
    if (found.length === 0) passed += 1;
    else failed += 1;
    await rm(own, { recursive: true, force: true });
  };
  const playAll = async (): Promise<void> => {
    while (queue.length > 0 && signals.received === undefined) await playNext();
  };
  // The first has the machine to itself, because it measures; the others use its report.
  await playNext();
  await Promise.all([playAll(), playAll()]);
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.stdout.write(`workflows: ${passed} passed, ${failed} failed\n`);
process.exitCode = signals.exitCode ?? (failed > 0 ? 1 : 0);
