import type { MemoryCourse } from '../model/report.ts';
import { memoryOfTree } from '../system/processes/memory.ts';
import { launches } from './launches.ts';
import type { Scope } from './scope.ts';

/**
 * What the launch that was shared first holds now, for the course of its memory: undefined before its start and after its end.
 * On Windows one reading takes PowerShell a second, and the checks must not wait for it: undefined.
 */
export async function memoryPoint(scope: Scope, after: string): Promise<MemoryCourse['points'][number] | undefined> {
  if (process.platform === 'win32') return undefined;
  const begun = await launches.begunIn(scope)?.catch(() => undefined);
  const launch = begun?.first?.launch;
  if (launch === undefined || launch.exit) return undefined;
  const bytes = memoryOfTree(launch.alive());
  return bytes === 0 ? undefined : { atMs: Math.round(launch.elapsedMs()), bytes, after };
}
