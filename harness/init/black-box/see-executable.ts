import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeRoom } from '../../system/launch/room.ts';
import { noteRoom } from '../../system/launch/run-folder.ts';
import { straceMissing } from '../../system/trace/strace.ts';
import { attempt, type Bench, type Given } from './attempt.ts';
import { oldestSystem } from './oldest-system.ts';
import { openedBeside } from './opened.ts';
import type { Release } from './release.ts';

/** What only an executable shows. */
export type SeenExecutable = {
  /** Its started process was killed, and all that it had started ended. */
  readonly endsWhenKilled: boolean;
  /** What it opened of the files beside it. */
  readonly beside: readonly string[];
  readonly oldest: { readonly glibc?: string; readonly macos?: string };
};

/** As long as a contract gives a stop by itself. */
const endsWithinMs = 15_000;

/** Starts an executable once more, watched where that can be, and kills its started process as soon as it polls. */
export async function seeExecutable(bench: Omit<Bench, 'file'>, release: Release, given: Given): Promise<SeenExecutable> {
  const oldest = await oldestSystem(release);
  const trace = await straceMissing() === undefined ? join(makeRoom(noteRoom(bench.run)).folder, 'trace') : undefined;
  await using tried = await attempt({ ...bench, file: release.file }, { ...given, ...(trace !== undefined && { trace }) });
  const { launch, polled } = tried;
  if (polled === undefined) return { endsWhenKilled: false, beside: [], oldest };
  const hasOthers = launch.alive().length > 1;
  launch.signal('SIGKILL');
  await launch.untilGone(endsWithinMs);
  const { survivors } = await launch.remains();
  await launch.dispose();
  const beside = trace === undefined ? [] : await openedBeside(readFileSync(trace, 'utf8'), release);
  return { endsWhenKilled: hasOthers && survivors.length === 0, beside, oldest };
}
