import type { CheckContext } from './check-context.ts';
import { endedLaunches } from './ended-launches.ts';
import { endings, type Ending } from './endings.ts';
import { warmWorker } from './exercised.ts';
import type { Way } from './ways.ts';

/**
 * The launches of the run that ended in this way; where none did, one is started and ended so.
 * @returns none where the worker's own process is to be told and there is no other than the started one.
 */
export async function endedBy({ use, launch }: CheckContext, way: Way): Promise<readonly Ending[]> {
  await use(warmWorker);
  await use(endedLaunches);
  const all = await use(endings);
  const known = all.by(way);
  if (known.length > 0 || (way.target === 'child' && all.oneProcess)) return known;
  const actor = await launch();
  await actor.ready();
  return [await actor.stop(way) ?? []].flat();
}
