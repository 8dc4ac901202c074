import { joinJob } from './processes/job-windows.ts';
import { killAll } from './processes/kill.ts';
import { confirmed } from './processes/confirmed.ts';
import { newLaunchMark } from './processes/marks.ts';
import { becomeReaper, canReap, keepDescriptors, strays } from './processes/reaper.ts';
import { notedMarks, notedPids, type RunFolder } from './launch/run-folder.ts';

/** How a run keeps hold of everything that it starts, whatever that does to get away, in words. */
export type Containment = { readonly ways: string };

/**
 * Takes the best hold that this system gives, after the watchdog was started: from now on orphans are handed to this process, where it has
 * such a thing. Disposed, it ends those that are left.
 */
export function contain(run: RunFolder): Containment & AsyncDisposable {
  keepDescriptors();
  const hold = { limits: 'limits' in newLaunchMark(), reaper: becomeReaper(), job: joinJob() };
  return { ways: waysOf(hold), [Symbol.asyncDispose]: async () => void (await endStrays(run)) };
}

function waysOf({ limits, reaper, job }: Readonly<Record<'limits' | 'reaper' | 'job', boolean>>): string {
  if (job) return 'a job object of the system';
  const handed = reaper ? ['orphans are handed to the harness (subreaper)'] : [];
  if (process.platform === 'win32') return 'descent from the started process';
  return [limits ? 'limit marks' : 'marks in the environment', ...handed].join(', and ');
}

/** What of a worker can get away unseen here, and what to do about it; undefined where that is nothing. */
export function holdMissing(): string | undefined {
  if (process.platform !== 'linux') return `a daemon whose parent has ended: ${process.platform} has nothing that marks it for good`;
  const limits = 'limits' in newLaunchMark();
  if (limits && canReap) return undefined;
  return limits ? 'a daemon that sets its limits back: install koffi for this platform' : 'a daemon with a cleared environment: install ' +
    'util-linux (prlimit)';
}

/** Orphans of the run that were handed to this process, carry no mark any more and are still alive. */
export function straysOf(run: RunFolder) {
  return confirmed(() => strays({ marks: notedMarks(run), pids: notedPids(run) }));
}

/** Ends such orphans, also those that come meanwhile. @returns the pids that could not be ended; empty is the rule. */
export async function endStrays(run: RunFolder): Promise<number[]> {
  return killAll(() => straysOf(run));
}
