import { join } from 'node:path';
import { parseGateOptions } from '../cli/gate-options.ts';
import { shownPath } from '../cli/shown-path.ts';
import type { Gate } from '../model/gate.ts';
import { ownVersion } from '../system/own-package.ts';
import { collectRelease } from './release.ts';
import { decide } from './decide.ts';
import type { Place } from './read/read-reports.ts';

/** The gate beside a folder of a test's own. */
export const placeIn = (folder: string): Place => ({ gateFolder: join(folder, 'gate'), shownPath: (path) => shownPath(path) });

/** The decision over what lies on disk, by the command line's arguments and without a process. */
export async function decideFor(args: readonly string[], now = new Date()): Promise<Gate> {
  const options = parseGateOptions({ args, environment: {}, words: ['npm', 'run', 'gate', '--'] });
  return decide(await collectRelease(options, placeIn(options.reportDir), ownVersion, now));
}
