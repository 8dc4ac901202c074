import { targetOf, textOf } from './call.ts';
import { byDoer, fullPath } from './doers.ts';
import type { Trace } from './trace.ts';

/** Every path that a launch asked to open and that was not there; `folder` is where it was started. */
export function missedIn(trace: Pick<Trace, 'calls'>, folder: string): string[] {
  const missed = new Set<string>();
  for (const [call, { folder: here }] of byDoer(trace, folder)) {
    if (call.error !== 'ENOENT' || !/^open(?:at2?)?$/.test(call.name)) continue;
    const path = textOf(call, call.name === 'open' ? 0 : 1);
    if (path !== undefined) missed.add(fullPath((call.name === 'open' ? undefined : targetOf(call, 0)) ?? here, path));
  }
  return [...missed];
}
