import { formatBytes } from '../model/format.ts';
import type { CheckResult } from '../model/report.ts';
import type { Bundle } from '../runtimes/bundle.ts';

/** So much a launch writes beside what it unpacks. */
const besideBytes = 10_000_000;

/** Where one more launch would not have fitted into the directory for temporary files at some moment: that, in one sentence. */
export function lackOfRoom(leastFreeBytes: number, bundle: Bundle | undefined): string | undefined {
  const needed = (bundle?.kind === 'one-file' ? bundle.extractedBytes : 0) + besideBytes;
  if (leastFreeBytes >= needed) return undefined;
  return `the directory for temporary files had ${formatBytes(leastFreeBytes)} free at some moment, and a launch takes ` +
    `${formatBytes(needed)}; make room there, or set TMPDIR to a folder that has it`;
}

/** What a launch did without room is not the executable's fault: a check that is red for a launch could not judge. */
export function withoutRoom(checks: readonly CheckResult[], lack: string | undefined): readonly CheckResult[] {
  if (lack === undefined) return checks;
  return checks.map((check): CheckResult => {
    // What is read of the file needs no room.
    if (check.outcome !== 'fail' || check.area === 'bundle') return check;
    return { ...check, outcome: 'inconclusive', reason: `${lack}; before that: ${check.reason ?? check.title}` };
  });
}
