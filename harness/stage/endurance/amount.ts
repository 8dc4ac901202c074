import { soakOwes } from '../../model/soak.ts';
import type { RunContext } from '../run-context.ts';

/** How much a worker is given in one go: at least `executions`; as long as they leave a question open, up to `most`. */
export type Amount = {
  readonly executions: number;
  readonly most: number;
  /** After so many it is looked at. */
  readonly window: number;
  /** How long it stands idle before, at least. */
  readonly idleMs: number;
  /** More is not begun after this time, where executions are slow. */
  readonly longestMs: number;
};

/** So many executions for each minute that it stood idle. */
const perMinute = soakOwes.executions / soakOwes.idleMinutes;

/** So many looks are enough to tell a slope from noise. */
const looks = 40;

/** What a run of a profile gives it; a soak as its minutes say. */
export function amountOf({ profile, soakMinutes }: Pick<RunContext, 'profile' | 'soakMinutes'>): Amount {
  if (profile === 'quick') return { executions: 45, most: 480, window: 5, idleMs: 0, longestMs: 60_000 };
  if (profile === 'full') return { executions: 200, most: 800, window: 10, idleMs: 0, longestMs: 180_000 };
  const executions = Math.ceil(soakMinutes * perMinute);
  const window = Math.max(15, Math.ceil(executions / looks));
  return { executions, most: 2 * executions, window, idleMs: soakMinutes * 60_000, longestMs: Infinity };
}
