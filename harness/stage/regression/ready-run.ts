import { CouldNotJudge } from '../../model/errors.ts';
import type { StartUp } from '../../model/report.ts';
import { excusedMs, useBetween } from '../../system/cpu/cpu-use.ts';
import { costOfLiving } from '../../system/cost/launch-cost.ts';
import { libc } from '../../system/processes/libc-linux.ts';
import { sizeOfTree } from '../../system/tree.ts';
import type { Actor } from '../actor.ts';
import { endings } from '../endings.ts';
import { launches } from '../launches.ts';
import type { Scope } from '../scope.ts';
import { settledMemory } from '../settled-memory.ts';
import { startMarks } from '../start-marks.ts';
import { faultOf, type Arm, type RunOne } from './arms.ts';

/** What one launch took until it was ready, held then, and took to stop. CPU and faults are undefined where they cannot be told exactly. */
export type ReadyRun = {
  readonly wallMs: number;
  readonly cpuMs: number | undefined;
  readonly pageFaults: number | undefined;
  readonly memoryBytes: number;
  readonly diskBytes: number;
  readonly stopMs: number;
  readonly marks: StartUp['marks'];
};

const unknownCost = { cpuMs: undefined, pageFaults: undefined };

/**
 * Launches one of both by the contract, until it is ready and idle, and stops it by the main signal; `other` is what the subject is held
 * against.
 */
export function readyRun(scope: Scope, other: 'previous' | 'baseline' = 'previous'): RunOne<ReadyRun> {
  return async (arm, { environment }) => {
    const actor = await (await scope.use(launches)).start({ variant: arm === 'subject' ? arm : other, environment });
    try {
      return { ...await held(actor, arm), stopMs: await stopped(scope, actor, arm) };
    } finally {
      await actor.dispose();
    }
  };
}

async function held(actor: Actor, arm: Arm): Promise<Omit<ReadyRun, 'stopMs'>> {
  const { launch } = actor;
  const { readyMs, use } = await actor.readiness().catch((error: unknown) => {
    throw actor.signal.aborted ? error : faultOf(arm, launch, 'become ready', error);
  });
  const { cpuMs, pageFaults } = libc ? costOfLiving(launch.alive().map(({ pid }) => pid), libc) : unknownCost;
  const marks = startMarks(launch, readyMs, actor.way?.connectionsAtMs[0]);
  const memoryBytes = await settledMemory(launch);
  if (launch.exit) throw faultOf(arm, launch, 'live on when it is ready', undefined);
  if (memoryBytes === 0) throw new CouldNotJudge(`the memory of the ${arm} cannot be read`);
  const { tmp, home, cwd } = launch.room;
  const diskBytes = [tmp, home, cwd].reduce((bytes, folder) => bytes + sizeOfTree(folder), 0);
  return { wallMs: Math.max(1, readyMs - excusedMs(use)), cpuMs, pageFaults, memoryBytes, diskBytes, marks };
}

async function stopped({ use }: Scope, actor: Actor, arm: Arm): Promise<number> {
  const { promised: { main } } = await use(endings);
  const from = actor.launch.cpu.sample();
  const ending = await actor.stop({ signal: main, target: 'parent' });
  if (ending?.exit === undefined) throw faultOf(arm, actor.launch, `stop on ${main}`, undefined);
  return Math.max(1, ending.stopMs - excusedMs(useBetween(from, actor.launch.cpu.sample())));
}
