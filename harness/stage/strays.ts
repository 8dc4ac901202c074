import { straysOf } from '../system/containment.ts';
import { survivorOf, type Survivor } from '../system/processes/survivor.ts';
import { endedLaunches } from './ended-launches.ts';
import { fixture } from './scope.ts';

/** What is left when every launch has ended, although it carries the mark of none: it came from one of them and took the marks off. */
export const strays = fixture('strays', async (scope): Promise<readonly Survivor[]> => {
  await scope.use(endedLaunches);
  return straysOf(scope.run.run).map((entry) => survivorOf(entry, { parents: [], afterMs: undefined }));
});
