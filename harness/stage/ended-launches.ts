import { endings, type Ending } from './endings.ts';
import { launches } from './launches.ts';
import { fixture } from './scope.ts';

/** How every launch of the run ended; ends those that still run. For checks that look at the whole run. */
export const endedLaunches = fixture('ended launches', async (scope): Promise<readonly Ending[]> => {
  await scope.settled();
  await (await launches.begunIn(scope)?.catch(() => undefined))?.retireAll();
  return (await scope.use(endings)).all;
});
