import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shownPath } from '../cli/shown-path.ts';
import { UsageError } from '../model/errors.ts';
import { reportSchema } from '../model/report.ts';

/**
 * The ids of the checks that failed, or could not be judged, in the last report of a platform, in its order.
 * @throws {UsageError} where there is no such report, or nothing in it was so.
 */
export function failedBefore(reportDir: string, platform: string): string[] {
  const file = join(reportDir, platform, 'report.json');
  const name = shownPath(file);
  if (!existsSync(file)) throw new UsageError(`--failed: there is no ${name}, so nobody knows what had failed; run without --failed first`);
  const parsed = reportSchema.safeParse(readJson(file));
  if (!parsed.success) throw new UsageError(`--failed: ${name} is no report of this version; run without --failed first`);
  const ids = parsed.data.checks.filter(({ outcome }) => outcome === 'fail' || outcome === 'inconclusive').map(({ id }) => id);
  if (ids.length === 0) throw new UsageError(`--failed: nothing failed in ${name}; run without --failed to verify everything`);
  return ids;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
