import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { mostPairs, startDecision } from '../../harness/judge/regression/decide.ts';
import type { Decision } from '../../harness/judge/regression/decision.ts';
import { defaultLimits, sharedAlpha, type Limit } from '../../harness/judge/regression/limits.ts';
import { platforms } from '../../harness/model/platforms.ts';
import { pairOf, type Pair } from '../../harness/stage/regression/arms.ts';
import { allowedCpus } from '../../harness/system/cpu/pinned.ts';
import type { Cost, launchVersion } from './version-launch.ts';

const tests = defaultLimits.filter(({ decidedBy }) => decidedBy === 'test');
const metrics = [['cpu.version', 'cpuMs'], ['wall.version', 'wallMs']] as const;
const cap = { pairs: mostPairs, timeMs: 600_000 };

/**
 * Holds an executable against a copy of itself, by the CPU and the time of `--version`, with the settings of a release. Anything but a pass
 * says that this machine is not fit to judge a regression, and nothing about the executable.
 */
export async function selfTest(binary: string, launch: typeof launchVersion): Promise<readonly Decision[]> {
  const folder = await mkdtemp(join(tmpdir(), 'frostgate-self-test-'));
  try {
    const [subject, previous] = [await copied(binary, folder, 'a'), await copied(binary, folder, 'b')];
    const [first] = allowedCpus();
    await launch(subject, first, folder, '');
    const warmUp = await launch(previous, first, folder, '');
    const begun = metrics.flatMap(([metric, cost]) => (
      tests.filter((limit) => limit.metric === metric).map((limit) => begin(limit, cost, warmUp))
    ));
    const start = performance.now();
    for (let pair = 0, open = begun; open.length > 0; pair++) {
      const costs = await pairOf(async (arm, { environment: { PADDING = '' }, cpu }) => (
        await launch(arm === 'subject' ? subject : previous, cpu, folder, PADDING)
      ), pair);
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
    add: ({ subject, previous }: Pair<Cost>, endedMs: number) => (
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
