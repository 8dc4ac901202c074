import { execFileSync } from 'node:child_process';

/** Sums the output of `ps -o rss=`: kilobytes of 1024 bytes (ps(1) of macOS). Not verified until CI has run it there. */
export function sumRss(output: string): number {
  return output.split('\n').reduce((bytes, line) => bytes + (Number.parseInt(line, 10) || 0) * 1024, 0);
}

/** Resident set size of the processes. */
export function memoryOnPosix(pids: readonly number[]): number {
  if (pids.length === 0) return 0;
  return sumRss(execFileSync('ps', ['-o', 'rss=', '-p', pids.join(',')], { encoding: 'utf8' }));
}
