import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { mostPairs, startDecision } from '../../harness/judge/regression/decide.ts';
import type { Decision } from '../../harness/judge/regression/decision.ts';
import { defaultLimits, sharedAlpha, type Limit } from '../../harness/judge/regression/limits.ts';
import { platforms } from '../../harness/model/platforms.ts';
import type { Cost, launchVersion } from './version-launch.ts';

const tests = defaultLimits.filter(({ decidedBy }) => decidedBy === 'test');
const metrics = [['cpu.version', 'cpuMs'], ['wall.version', 'wallMs']] as const;
const cap = { pairs: mostPairs, timeMs: 600_000 };
const longestPadding = 4_096;

/**
 * Holds an executable against a copy of itself, by the CPU and the time of `--version`, with the settings of a release. Anything but a pass
 * says that this machine is not fit to judge a regression, and nothing about the executable.
 */
export async function selfTest(binary: string, launch: typeof launchVersion): Promise<readonly Decision[]> {
  const folder = await mkdtemp(join(tmpdir(), 'frostgate-self-test-'));
  try {
    const [subject, previous] = [await copied(binary, folder, 'a'), await copied(binary, folder, 'b')];
    await launch(subject, 0, folder, '');
    const warmUp = await launch(previous, 0, folder, '');
    const begun = metrics.flatMap(([metric, cost]) => (
      tests.filter((limit) => limit.metric === metric).map((limit) => begin(limit, cost, warmUp))
    ));
    const start = performance.now();
    for (let pair = 0, open = begun; open.length > 0; pair++) {
      // Whoever runs first is decided by a coin, both run on one CPU with one environment, and the next pair on the next CPU.
      const [cpu, padding] = [pair % availableParallelism(), 'x'.repeat(Math.random() * longestPadding)];
      const isSubjectFirst = Math.random() < 0.5;
      const run = async (file: string) => await launch(file, cpu, folder, padding);
      const [first, second] = [await run(isSubjectFirst ? subject : previous), await run(isSubjectFirst ? previous : subject)];
      const costs = isSubjectFirst ? [first, second] as const : [second, first] as const;
      open = open.filter(({ add }) => add(costs, performance.now() - start));
    }
    return begun.map(({ decision }) => decision());
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function begin(limit: Limit, cost: keyof Cost, warmUp: Cost) {
  const { add, decision } = startDecision({
    limit, previousAtWarmUp: warmUp[cost], alpha: sharedAlpha(tests.length, platforms.length), cap,
  });
  return {
    add: ([subject, previous]: readonly [Cost, Cost], endedMs: number) => (
      add({ subject: subject[cost], previous: previous[cost], endedMs })
    ),
    decision,
  };
}

/** Paths of one length: a longer one is not one more cause of a difference. */
async function copied(binary: string, folder: string, name: 'a' | 'b'): Promise<string> {
  const copy = join(folder, name, basename(binary));
  await mkdir(join(folder, name));
  await copyFile(binary, copy);
  return copy;
}
