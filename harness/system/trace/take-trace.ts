import { readFileSync, rmSync, statSync } from 'node:fs';
import { CouldNotJudge } from '../../model/errors.ts';

/** It must fit into one string. */
const largestTraceBytes = 256_000_000;

/** What strace wrote, as latin1; nothing where it wrote nothing. The file is gone then. @throws {CouldNotJudge} for what is too long. */
export function takeTrace(file: string): string {
  const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes > largestTraceBytes) throw new CouldNotJudge(`a trace of ${bytes} bytes is too long to be read`);
  const text = bytes === 0 ? '' : readFileSync(file, 'latin1');
  rmSync(file, { force: true });
  return text;
}
