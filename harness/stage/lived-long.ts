import type { CheckContext } from './check-context.ts';
import { launches } from './launches.ts';

/** What starts late has started by then: half of it for its own waiting, half for a start beside others. */
const lateMs = 10_000;

/** Areas or single checks of them. */
const tried = /^(?:registration|startup)(?:\.|$)/;

/**
 * Waits until one launch of the subject has lived for so long that what comes late would have come; in a whole run one has. Where nothing
 * but registration is looked at, a contract is being tried: what comes late is left to the run that looks at more.
 */
export async function livedLong({ run, use, worker, signal }: Pick<CheckContext, 'run' | 'use' | 'worker' | 'signal'>): Promise<void> {
  if (run.only.length > 0 && run.only.every((name) => tried.test(name))) return;
  const { all } = await use(launches);
  const own = all.filter(({ launch }) => launch.command.variant === 'subject');
  const lives = own.map(({ launch }) => launch.exit?.atMs ?? launch.elapsedMs());
  if (Math.max(0, ...lives) >= lateMs) return;
  const { launch } = await worker();
  await launch.waitForExit(Math.max(0, lateMs - launch.elapsedMs()), { signal });
}
